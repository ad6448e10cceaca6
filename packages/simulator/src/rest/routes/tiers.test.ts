import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf } from '../../../test/merchant.ts'

const refused = {
  status: 404,
  body: { code: 1, message: '존재하지 않는 하위상점입니다.', response: null },
}
const payment = { imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 1000, sandbox: false }

describe('GET /tiers/{tier_code}', () => {
  it('returns a sub-merchant', async () => {
    const { get } = createMerchant({ tiers: [{ tier_code: 'A1B', tier_name: '둘째 상점' }] })
    expect((await get('/tiers/A1B')).body).toEqual({
      code: 0,
      message: null,
      response: { tier_code: 'A1B', tier_name: '둘째 상점' },
    })
    expect(await get('/tiers/ZZZ')).toEqual(refused)
  })
})

describe('the Tier header', () => {
  const setUp = async () => {
    const merchant = createMerchant()
    const headers = { 'content-type': 'application/json', tier: 'T01' }
    const asTier = (path: string, init: RequestInit = {}) =>
      merchant.authorized(path, { ...init, headers })
    await asTier('/_simulator/payments', merchant.json('POST', payment))
    return { ...merchant, asTier }
  }

  it('shows a sub-merchant’s payment only to that sub-merchant', async () => {
    const { asTier, get } = await setUp()
    expect(fieldOf(await asTier('/payments/imp_1'), 'imp_uid')).toBe('imp_1')
    expect((await get('/payments/imp_1')).status).toBe(404)
  })

  it('cancels the sub-merchant’s order, and not the agency’s order with the same id', async () => {
    const { asTier, get, seedPayment, json } = await setUp()
    await seedPayment({ imp_uid: 'imp_2' })
    const response = await asTier('/payments/cancel', json('POST', { merchant_uid: 'order-1' }))
    expect(fieldOf(response, 'imp_uid')).toBe('imp_1')
    expect(fieldOf(await get('/payments/imp_2'), 'status')).toBe('paid')
  })

  it('is refused when no sub-merchant has that code', async () => {
    const { authorized } = await setUp()
    expect(await authorized('/payments/imp_1', { headers: { tier: 'ZZZ' } })).toEqual(refused)
  })

  it('sends a sub-merchant’s webhooks to the URL of its own console', async () => {
    const { call, json, receivedRequests, simulator, authorized } = createMerchant({
      webhook: { url: 'https://agency.example/webhook' },
    })
    const headers = { 'content-type': 'application/json', tier: 'T01' }
    const url = 'https://tier.example/webhook'
    await call('/_simulator/webhooks', { ...json('PUT', { url }), headers })
    const opened = simulator.paymentWindow.open({
      user_code: 'imp00000000',
      tier_code: 'T01',
      device: 'pc',
      user_agent: 'test',
      params: { merchant_uid: 'order-1', amount: 1000 },
    })
    await simulator.paymentWindow.approve(String(opened.imp_uid), {})
    await simulator.waitForIdle()
    const path = `/payments/${opened.imp_uid}?include_sandbox=true`
    expect(receivedRequests.map((received) => received.url)).toEqual([url])
    expect(fieldOf(await authorized(path, { headers: { tier: 'T01' } }), 'status')).toBe('paid')
  })

  it('opens no window for a sub-merchant that does not exist', () => {
    const { paymentWindow } = createMerchant().simulator
    const params = { merchant_uid: 'order-1', amount: 1000 }
    const request = {
      user_code: 'imp00000000',
      tier_code: 'ZZZ',
      device: 'pc' as const,
      user_agent: '',
      params,
    }
    expect(paymentWindow.open(request)).toEqual({
      ok: false,
      imp_uid: null,
      merchant_uid: 'order-1',
      error_code: 'F1001',
      error_msg: '등록되지 않은 사용자 또는 등록되지 않은 PG정보입니다.',
    })
  })
})
