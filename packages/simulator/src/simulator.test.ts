import { describe, expect, it } from 'vitest'
import { createMerchant } from '../test/merchant.ts'
import { createSimulator } from './simulator.ts'

describe('createSimulator()', () => {
  it('makes simulators that share no state', async () => {
    const [one, other] = [createMerchant(), createMerchant()]
    await one.seedPayment({ imp_uid: 'imp_1' })
    expect((await one.get('/payments/imp_1')).status).toBe(200)
    expect((await other.get('/payments/imp_1')).status).toBe(404)
  })

  it('makes the same ids from the same seed, and different ones from another', async () => {
    const idOf = async (seed: number) => (await createMerchant({ seed }).seedPayment({}))['imp_uid']
    const [first, again, other] = [await idOf(1), await idOf(1), await idOf(2)]
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  it('uses the given id generator', async () => {
    const { seedPayment } = createMerchant({ newId: () => 'imp_mine' })
    expect((await seedPayment({}))['imp_uid']).toBe('imp_mine')
  })

  it('makes ids of twelve digits without a seed', async () => {
    const { paymentWindow } = createSimulator()
    const params = { merchant_uid: 'order-1', amount: 1 }
    const opened = paymentWindow.open({
      user_code: 'imp00000000',
      device: 'pc',
      user_agent: '',
      params,
    })
    expect(opened.ok && opened.imp_uid).toMatch(/^imp_\d{12}$/)
  })

  it('ignores the host of a request', async () => {
    const { simulator } = createMerchant()
    const hosts = ['https://api.iamport.kr', 'http://localhost:8788']
    const responses = await Promise.all(
      hosts.map((host) => simulator.fetch(`${host}/payments/imp_1`)),
    )
    expect(responses.map(({ status }) => status)).toEqual([401, 401])
  })

  it('rejects a call that was aborted before it began', async () => {
    const { simulator } = createMerchant()
    const signal = AbortSignal.abort()
    await expect(simulator.fetch('https://api.iamport.kr/', { signal })).rejects.toThrow('abort')
  })

  it('rejects a redirect when the caller does not follow redirects', async () => {
    const { simulator, control } = createMerchant()
    await control('/faults', { fault: 'redirect' })
    const init: RequestInit = { redirect: 'error' }
    const pending = simulator.fetch('https://api.iamport.kr/payments/imp_1', init)
    await expect(pending).rejects.toThrow(TypeError)
  })

  it('serves the browser script', async () => {
    const { simulator } = createMerchant()
    const response = await simulator.fetch('http://localhost:8788/v1/iamport.js')
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ])
  })

  it('allows shops on other origins to read its channels', async () => {
    const { simulator } = createMerchant()
    const headers = { origin: 'http://shop.example' }
    const url = 'http://localhost:8788/users/pg/imp00000000'
    const response = await simulator.fetch(url, { headers })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })
})
