import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds } from '../../../../test/merchant.ts'

const delivery = {
  imp_uid: 'imp_1',
  merchant_uid: 'order-1',
  type: 'physical',
  status: 'order_shipped',
  estimated_delivery_datetime: fixedTimeSeconds + 3600,
  estimated_update_datetime: fixedTimeSeconds + 60,
  refundable: 'yes',
  shipping_address_email: 'buyer@example.com',
}
const setUp = async (payment: object = {}) => {
  const merchant = createMerchant()
  await merchant.seedPayment({ imp_uid: 'imp_1', pg_provider: 'paymentwall', ...payment })
  return (body: object) => merchant.send('POST', '/paymentwall/delivery', body)
}
const disliked = (error_code: number, message: string, notices: string[]) => ({
  status: 200,
  body: { code: -1, message, response: { error_code, error: message, notices } },
})

describe('POST /paymentwall/delivery', () => {
  it('accepts a delivery without errors', async () => {
    const report = await setUp()
    expect(await report(delivery)).toEqual({
      status: 200,
      body: { code: 0, message: null, response: {} },
    })
  })

  it('lists all errors in Paymentwall’s own format', async () => {
    const report = await setUp()
    const { merchant_uid: _, ...rest } = delivery
    expect(
      await report({ ...rest, status: 'lost', refundable: '', estimated_update_datetime: 'soon' }),
    ).toEqual(
      disliked(400, 'Invalid parameters', [
        'merchant_uid is required',
        'status must be one of order_placed, order_shipped, delivering, delivered',
        'refundable must be one of yes, no',
        'estimated_update_datetime must be a UNIX timestamp',
      ]),
    )
  })

  it.each([
    ['a payment of another PG', { pg_provider: 'kcp' }, delivery],
    ['another order', {}, { ...delivery, merchant_uid: 'order-2' }],
  ])('finds no payment for %s', async (_, payment, body) => {
    const report = await setUp(payment)
    expect(await report(body)).toEqual(
      disliked(404, 'Payment not found', ['imp_uid, merchant_uid']),
    )
  })

  it('refuses an unpaid payment', async () => {
    const report = await setUp({ status: 'failed' })
    expect(await report(delivery)).toEqual(disliked(409, 'Payment is not completed', ['status']))
  })
})
