import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTimeSeconds } from '../../../../test/merchant.ts'

const refused = (message: string, status = 200) => ({
  status,
  body: { code: 1, message, response: null },
})

const setUp = async (payment: Record<string, unknown> = {}) => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' } })
  await merchant.seedPayment({ imp_uid: 'imp_1', ...payment })
  const cancel = (body: Record<string, unknown>) =>
    merchant.send('POST', '/payments/cancel', { imp_uid: 'imp_1', ...body })
  return { ...merchant, cancel }
}

describe('POST /payments/cancel', () => {
  it('cancels the whole payment and keeps paid_at', async () => {
    const { cancel } = await setUp()
    const response = await cancel({ reason: '단순 변심' })

    expect(response.status).toBe(200)
    expect(response.body['response']).toMatchObject({
      status: 'cancelled',
      amount: 1000,
      cancel_amount: 1000,
      cancel_reason: '단순 변심',
      cancelled_at: fixedTimeSeconds,
      paid_at: fixedTimeSeconds,
    })
  })

  it('cancels in parts until the balance is 0', async () => {
    const { cancel } = await setUp()
    const first = await cancel({ amount: 300, checksum: 1000 })
    const second = await cancel({ amount: 0, checksum: 700 })

    expect([fieldOf(first, 'status'), fieldOf(first, 'cancel_amount')]).toEqual(['cancelled', 300])
    expect(fieldOf(second, 'cancel_amount')).toBe(1000)
    expect(fieldOf(second, 'cancel_history')).toMatchObject([{ amount: 300 }, { amount: 700 }])
  })

  it('shows a partly cancelled payment as paid when partialStatus is set so', async () => {
    const { send, seedPayment } = createMerchant({ partialStatus: 'paid' })
    await seedPayment({ imp_uid: 'imp_1' })
    const part = await send('POST', '/payments/cancel', { imp_uid: 'imp_1', amount: 300 })
    const rest = await send('POST', '/payments/cancel', { imp_uid: 'imp_1' })
    expect([fieldOf(part, 'status'), fieldOf(rest, 'status')]).toEqual(['paid', 'cancelled'])
  })

  it('refuses an unknown payment with the provider’s text', async () => {
    const { cancel } = await setUp()
    expect(await cancel({ imp_uid: 'imp_none', merchant_uid: 'order-1' })).toEqual(
      refused('취소할 결제건이 존재하지 않습니다.'),
    )
  })

  it('refuses a second full cancel with the provider’s text', async () => {
    const { cancel } = await setUp()
    await cancel({})
    expect(await cancel({})).toEqual(refused('이미 전액취소된 주문입니다.'))
  })

  it('refuses a cancel without ids with the provider’s text', async () => {
    const { send } = await setUp()
    const response = await send('POST', '/payments/cancel', { amount: 100 })
    expect(response).toEqual(refused('imp_uid 또는 merchant_uid를 지정해주셔야합니다.', 400))
  })

  for (const status of ['ready', 'failed']) {
    it(`refuses to cancel a ${status} payment`, async () => {
      const { cancel } = await setUp({ status })
      expect(await cancel({})).toEqual(refused('취소할 결제건이 존재하지 않습니다.'))
    })
  }

  it('finds the paid attempt by merchant_uid', async () => {
    const { send, seedPayment } = await setUp()
    await seedPayment({ imp_uid: 'imp_2', status: 'failed' })
    const response = await send('POST', '/payments/cancel', { merchant_uid: 'order-1' })
    expect(fieldOf(response, 'imp_uid')).toBe('imp_1')
  })

  for (const [name, body] of [
    ['a checksum that is not the balance', { amount: 100, checksum: 999 }],
    ['more than is left', { amount: 1001 }],
    ['a negative amount', { amount: -4900 }],
    ['an amount finer than the currency', { amount: 0.5 }],
    ['an amount that is no number', { amount: 'everything' }],
    ['an amount that is an object', { amount: { all: true } }],
    ['a checksum that is no number', { checksum: 'all' }],
  ] as const) {
    it(`refuses ${name} and does not change the payment`, async () => {
      const { cancel, get } = await setUp()
      const response = await cancel(body)

      expect(response).toEqual(refused(String(response.body['message'])))
      expect(fieldOf(await get('/payments/imp_1'), 'cancel_amount')).toBe(0)
    })
  }

  it('accepts only one of two equal cancels with the same checksum', async () => {
    const { cancel } = await setUp()
    const body = { amount: 500, checksum: 1000 }
    const responses = await Promise.all([cancel(body), cancel(body)])
    expect(responses.map(({ body: { code } }) => code)).toEqual([0, 1])
  })

  it('adds up dollars and cents exactly', async () => {
    const { cancel } = await setUp({ amount: 0.3, currency: 'USD' })
    await cancel({ amount: 0.1 })
    const response = await cancel({ amount: 0.2, checksum: 0.2 })
    expect(fieldOf(response, 'cancel_amount')).toBe(0.3)
  })

  it('requires the refund account of a paid virtual account', async () => {
    const { cancel } = await setUp({ pay_method: 'vbank', status: 'paid' })
    const account = { refund_holder: '홍길동', refund_bank: '004', refund_account: '123' }
    const without = await cancel({})

    expect(without).toEqual(
      refused('가상계좌 환불에는 refund_holder, refund_bank, refund_account가 필요합니다.'),
    )
    expect(fieldOf(await cancel(account), 'cancel_amount')).toBe(1000)
  })

  it('sends no webhook unless requested', async () => {
    const { cancel, receivedRequests, simulator } = await setUp()
    await cancel({ amount: 400 })
    await simulator.waitForIdle()
    const silent = [...receivedRequests]
    const withWebhook = await cancel({ enable_webhook: true })
    await simulator.waitForIdle()

    const history = fieldOf(withWebhook, 'cancel_history')
    const last: unknown = Array.isArray(history) ? history.at(-1) : null
    expect(silent).toEqual([])
    expect(receivedRequests.map(({ body }) => JSON.parse(body))).toEqual([
      {
        imp_uid: 'imp_1',
        merchant_uid: 'order-1',
        status: 'cancelled',
        cancellation_id: Reflect.get(Object(last), 'cancellation_id'),
      },
    ])
  })
})
