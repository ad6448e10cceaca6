import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../../../test/merchant.ts'

const fixedTimeInSeoul = '2026-03-02T12:00:00'

describe('GET /kakao/payment/orders', () => {
  it('lists the Kakao Pay orders of one day in Seoul, in Kakao’s own format', async () => {
    const { seedPayment, send, get } = createMerchant()
    const record = await seedPayment({ imp_uid: 'imp_1', pg_provider: 'kakaopay', name: '당근' })
    await seedPayment({ imp_uid: 'imp_2', pg_provider: 'kcp' })
    await seedPayment({ imp_uid: 'imp_3', pg_provider: 'kakaopay', started_at: 1 })
    await send('POST', '/payments/cancel', { imp_uid: 'imp_1', amount: 300 })
    expect(await get('/kakao/payment/orders?payment_request_date=20260302')).toEqual({
      status: 200,
      body: {
        code: 0,
        message: null,
        response: {
          payment_request_date: '20260302',
          cid: 'TC0ONETIME',
          page: 1,
          orders: [
            {
              tid: record['pg_tid'],
              cid: 'TC0ONETIME',
              status: 'PART_CANCEL_PAYMENT',
              partner_order_id: 'order-1',
              payment_method_type: 'CARD',
              item_name: '당근',
              quantity: 1,
              amount: { total: 1000 },
              canceled_amount: { total: 300 },
              created_at: fixedTimeInSeoul,
              approved_at: fixedTimeInSeoul,
            },
          ],
        },
      },
    })
  })

  it.each(['cid=TCSUBSCRIP', 'page=2'])('finds nothing with %s', async (query) => {
    const { seedPayment, get } = createMerchant()
    await seedPayment({ pg_provider: 'kakaopay' })
    const { body } = await get(`/kakao/payment/orders?payment_request_date=20260302&${query}`)
    expect(body['response']).toMatchObject({ orders: [] })
  })

  it('requires the day', async () => {
    expect(await createMerchant().get('/kakao/payment/orders?cid=TC0ONETIME')).toEqual({
      status: 400,
      body: {
        code: 1,
        message: 'payment_request_date는 YYYYMMDD 형식이어야 합니다.',
        response: null,
      },
    })
  })
})
