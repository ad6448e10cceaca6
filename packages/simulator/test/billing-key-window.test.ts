import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf } from './merchant.ts'

const setUp = (params: Record<string, unknown>) => {
  const merchant = createMerchant({ webhook: { url: 'https://shop.example/webhook' } })
  const opened = merchant.simulator.paymentWindow.open({
    user_code: 'imp00000000',
    device: 'pc',
    user_agent: 'test',
    params: {
      merchant_uid: 'issue-1',
      amount: 0,
      name: '정기결제 등록',
      customer_uid: 'gildong',
      customer_id: 'member-1',
      ...params,
    },
  })
  if (!opened.ok) throw new TypeError(opened.error_msg)
  const { paymentWindow } = merchant.simulator
  const approve = async () => {
    const result = await paymentWindow.approve(opened.imp_uid, {})
    await merchant.simulator.waitForIdle()
    return result
  }
  return { ...merchant, paymentWindow, opened, approve }
}

describe('a payment window with a customer_uid', () => {
  it('registers a key that can be charged, and returns it to the callback', async () => {
    const { approve, get, send, receivedRequests } = setUp({ pg: 'html5_inicis' })
    const { payment } = await approve()
    // No money moves when this PG registers a key, so no webhook is sent.
    const webhooksOfIssue = receivedRequests.length
    const key = await get('/subscribe/customers/gildong')
    const charged = await send('POST', '/subscribe/payments/again', {
      customer_uid: 'gildong',
      merchant_uid: 'month-1',
      amount: 9900,
      name: '첫 달',
    })

    expect(payment).toMatchObject({
      status: 'paid',
      amount: 0,
      customer_uid: 'gildong',
      customer_uid_usage: 'issue',
    })
    expect(key.body['response']).toMatchObject({
      customer_uid: 'gildong',
      customer_id: 'member-1',
      pg_provider: 'html5_inicis',
      pg_id: 'INIpayTest',
    })
    expect([fieldOf(charged, 'status'), fieldOf(charged, 'pg_provider')]).toEqual([
      'paid',
      'html5_inicis',
    ])
    expect(webhooksOfIssue).toBe(0)
  })

  for (const [pg, amount] of [
    ['html5_inicis', 0],
    ['tosspayments', 0],
    ['kakaopay', 9900],
  ] as const) {
    it(`charges ${amount} of 9900 won at ${pg}`, async () => {
      const { approve, receivedRequests } = setUp({ pg, amount: 9900 })
      const { payment } = await approve()
      expect([payment['amount'], receivedRequests.length]).toEqual([amount, amount === 0 ? 0 : 1])
    })
  }

  it('sends the webhook of a free key at a PG that has one', async () => {
    const { approve, receivedRequests } = setUp({ pg: 'paypal_v2', currency: 'USD' })
    await approve()
    expect(receivedRequests.map(({ body }): unknown => JSON.parse(body))).toMatchObject([
      { merchant_uid: 'issue-1', status: 'paid' },
    ])
  })

  it('registers nothing when the buyer is refused', async () => {
    const { paymentWindow, opened, get } = setUp({})
    await paymentWindow.decline(opened.imp_uid, {
      error_code: 'CC03',
      error_msg: '카드사 승인거절',
    })
    expect((await get('/subscribe/customers/gildong')).body['code']).toBe(1)
  })

  it('replaces an older key', async () => {
    const { approve, send, get } = setUp({ pg: 'kakaopay' })
    const card = { card_number: '4518-4212-3456-7894', expiry: '2028-12' }
    await send('POST', '/subscribe/customers/gildong', card)
    await approve()
    expect(fieldOf(await get('/subscribe/customers/gildong'), 'pg_provider')).toBe('kakaopay')
  })
})
