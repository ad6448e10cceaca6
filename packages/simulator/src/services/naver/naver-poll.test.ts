import { describe, expect, it } from 'vitest'
import { createMerchant, fixedTimeSeconds, toRecord } from '../../../test/merchant.ts'

const shipping = { baseFee: 4500 }
const buyer_tel = '010-1234-5678'
const naverProducts = [{ id: 'P1', name: '양말', basePrice: 14_000, quantity: 1, shipping }]

const setUp = (params: Record<string, unknown> = {}, naverPollMs?: number) => {
  const merchant = createMerchant({
    webhook: { url: 'https://shop.example/webhook' },
    ...(naverPollMs === undefined ? {} : { naverPollMs }),
  })
  const { paymentWindow } = merchant.simulator
  const opened = paymentWindow.open({
    user_code: 'imp00000000',
    device: 'pc',
    user_agent: 'test',
    params: {
      pg: 'naverco',
      merchant_uid: 'order-1',
      amount: 14_000,
      buyer_tel,
      naverProducts,
      ...params,
    },
  })
  const impUid = String(opened.imp_uid)
  const read = async () => {
    const { body } = await merchant.get(`/payments/${impUid}?include_sandbox=true`)
    const { status, amount, paid_at } = toRecord(body['response'])
    return { status, amount, paid_at }
  }
  const statuses = async () => {
    const { body } = await merchant.get(`/payments/${impUid}/naver/product-orders`)
    const list = Array.isArray(body['response']) ? body['response'] : []
    return list.map((order) => toRecord(order)['product_order_status'])
  }
  const webhookStatuses = () =>
    merchant.receivedRequests.map(({ body }) => toRecord(JSON.parse(body))['status'])
  return { ...merchant, paymentWindow, impUid, read, statuses, webhookStatuses }
}

describe('a payment of Naver’s order type', () => {
  it('is paid at the provider a minute later, with the delivery fee and a webhook', async () => {
    const { paymentWindow, impUid, simulator, read, webhookStatuses } = setUp()
    await paymentWindow.approve(impUid, {})
    const before = await read()
    await simulator.clock.advance(59_999)
    const still = webhookStatuses()
    await simulator.clock.advance(1)
    expect([before, still, await read(), webhookStatuses()]).toEqual([
      { status: 'ready', amount: 14_000, paid_at: 0 },
      [],
      { status: 'paid', amount: 18_500, paid_at: fixedTimeSeconds },
      ['paid'],
    ])
  })

  it('is paid at once when naverPollMs is 0', async () => {
    const { paymentWindow, impUid, simulator, webhookStatuses } = setUp({}, 0)
    await paymentWindow.approve(impUid, {})
    await simulator.waitForIdle()
    expect(webhookStatuses()).toEqual(['paid'])
  })

  it('is paid once, even if the buyer presses twice', async () => {
    const { paymentWindow, impUid, simulator, webhookStatuses } = setUp()
    await paymentWindow.approve(impUid, {})
    await paymentWindow.approve(impUid, {})
    await simulator.clock.advance(60_000)
    expect(webhookStatuses()).toEqual(['paid'])
  })

  it('does not change when it failed before the poll', async () => {
    const { paymentWindow, impUid, simulator, control, read } = setUp()
    await paymentWindow.approve(impUid, {})
    await control(`/payments/${impUid}/fail`, { reason: '재고 없음' })
    await simulator.clock.advance(60_000)
    expect((await read()).status).toBe('failed')
  })

  it('has product orders that wait for a deposit, and are paid with it', async () => {
    const { paymentWindow, impUid, control, statuses } = setUp({ pay_method: 'vbank' })
    await paymentWindow.approve(impUid, {})
    const waiting = await statuses()
    await control(`/payments/${impUid}/deposit`)
    expect([waiting, await statuses()]).toEqual([['PAYMENT_WAITING'], ['PAYED']])
  })

  it('has product orders that are cancelled when no deposit arrived', async () => {
    const { paymentWindow, impUid, control, statuses, send } = setUp({ pay_method: 'vbank' })
    await paymentWindow.approve(impUid, {})
    const shipped = await send('POST', `/payments/${impUid}/naver/place`, {})
    await control(`/payments/${impUid}/fail`)
    expect([shipped.status, await statuses()]).toEqual([500, ['CANCELED_BY_NOPAYMENT']])
  })
})
