import { afterEach, describe, expect, it, vi } from 'vitest'
import { untilTimerPending, useFakeTimers } from '../../test/fake-timers.ts'
import { createMerchant, fieldOf } from '../../test/merchant.ts'

const again = '/subscribe/payments/again'

const setUp = async (customer_uid: string, amount = 1000) => {
  const merchant = createMerchant()
  await merchant.control('/billing-keys', { customer_uid })
  const charge = async (init: RequestInit = {}) =>
    merchant.simulator.fetch(`https://api.iamport.kr${again}`, {
      ...merchant.json('POST', { customer_uid, merchant_uid: 'order-1', amount, name: '정기결제' }),
      headers: { authorization: await merchant.login() },
      ...init,
    })
  const isPaid = async () =>
    fieldOf(await merchant.get('/payments/find/order-1'), 'status') === 'paid'
  return { ...merchant, charge, isPaid }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a test value', () => {
  for (const [name, customerUid, amount] of [
    ['customer_uid', 'broken-1', 1000],
    ['amount', 'gildong', 1_000_500],
  ] as const) {
    it(`truncates a response by its ${name}, after the charge`, async () => {
      const { charge, isPaid } = await setUp(customerUid, amount)
      const text = await (await charge()).text()
      expect(() => {
        JSON.parse(text)
      }).toThrow(SyntaxError)
      expect([text.startsWith('{"code":0'), await isPaid()]).toEqual([true, true])
    })
  }

  for (const [name, customerUid, amount] of [
    ['customer_uid', 'slow-1', 1000],
    ['amount', 'gildong', 1_000_504],
  ] as const) {
    it(`delays a response by its ${name}, after the charge`, async () => {
      const { charge, isPaid } = await setUp(customerUid, amount)
      useFakeTimers()
      const caller = new AbortController()
      const charging = charge({ signal: caller.signal })
      await untilTimerPending()
      caller.abort(new Error('the caller has left'))
      await expect(charging).rejects.toThrow('the caller has left')
      expect(await isPaid()).toBe(true)
    })
  }

  it('truncates the response of a key’s issue as well', async () => {
    const { simulator, json, login, get } = createMerchant()
    const card = { card_number: '4518-4212-3456-7894', expiry: '2028-12' }
    const response = await simulator.fetch('https://api.iamport.kr/subscribe/customers/broken-1', {
      ...json('POST', card),
      headers: { authorization: await login() },
    })
    await expect(response.json()).rejects.toThrow(SyntaxError)
    expect((await get('/subscribe/customers/broken-1')).body['code']).toBe(0)
  })
})
