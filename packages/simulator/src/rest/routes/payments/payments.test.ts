import { describe, expect, it } from 'vitest'
import {
  type ApiResponse,
  createMerchant,
  fieldOf,
  fixedTimeSeconds,
  toRecord,
} from '../../../../test/merchant.ts'

const unknown = {
  status: 404,
  body: { code: 1, message: '존재하지 않는 결제정보입니다.', response: null },
}
const dayMs = 86_400_000

const idsOf = ({ body }: ApiResponse): unknown[] => {
  const { response } = body
  const list = Array.isArray(response) ? response : toRecord(response)['list']
  return Array.isArray(list) ? list.map((each) => toRecord(each)['imp_uid']) : []
}

describe('GET /payments/{imp_uid}', () => {
  it('refuses an unknown id with the provider’s text', async () => {
    expect(await createMerchant().get('/payments/imp_none')).toEqual(unknown)
  })

  it('T3: hides a test payment without include_sandbox', async () => {
    const { get, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', sandbox: true })

    expect(await get('/payments/imp_1')).toEqual(unknown)
    expect(await get('/payments/imp_1?include_sandbox=false')).toEqual(unknown)
    expect(fieldOf(await get('/payments/imp_1?include_sandbox=true'), 'sandbox')).toBe(true)
  })

  it('shows a test payment to every caller when hideSandbox is off', async () => {
    const { get, seedPayment } = createMerchant({ hideSandbox: false })
    await seedPayment({ imp_uid: 'imp_1', sandbox: true })
    expect(fieldOf(await get('/payments/imp_1'), 'sandbox')).toBe(true)
  })
})

describe('GET /payments/find/{merchant_uid}', () => {
  it('returns the newest attempt, or the newest of one status', async () => {
    const { get, seedPayment, simulator } = createMerchant()
    await seedPayment({ imp_uid: 'imp_paid', status: 'paid' })
    await simulator.clock.advance(5000)
    await seedPayment({ imp_uid: 'imp_failed', status: 'failed' })

    expect(fieldOf(await get('/payments/find/order-1'), 'imp_uid')).toBe('imp_failed')
    expect(fieldOf(await get('/payments/find/order-1/paid'), 'imp_uid')).toBe('imp_paid')
    expect(fieldOf(await get('/payments/find/order-1?sorting=started'), 'imp_uid')).toBe('imp_paid')
  })

  it('returns 404 when the order has no attempt of that status', async () => {
    const { get, seedPayment } = createMerchant()
    await seedPayment({ status: 'paid' })
    expect(await get('/payments/find/order-1/cancelled')).toEqual(unknown)
    expect(await get('/payments/find/order-2')).toEqual(unknown)
  })
})

describe('GET /payments/findAll/{merchant_uid}', () => {
  it('returns every attempt, newest first', async () => {
    const { get, seedPayment, simulator } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', status: 'failed' })
    await simulator.clock.advance(1000)
    await seedPayment({ imp_uid: 'imp_2', status: 'paid' })

    const response = await get('/payments/findAll/order-1')
    expect(idsOf(response)).toEqual(['imp_2', 'imp_1'])
    expect(response.body['response']).toMatchObject({ total: 2, previous: 0, next: 0 })
  })

  it('refuses an unknown status with the provider’s text', async () => {
    const { get, seedPayment } = createMerchant()
    await seedPayment({})
    expect(await get('/payments/findAll/order-1/odd')).toEqual({
      status: 400,
      body: { code: 1, message: '지원되지 않는 상태값입니다.', response: null },
    })
  })
})

describe('GET /payments', () => {
  it('returns the known payments with 207 when an id is unknown', async () => {
    const { get, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const response = await get('/payments?imp_uid[]=imp_1&imp_uid[]=imp_none')
    expect([response.status, idsOf(response)]).toEqual([207, ['imp_1']])
  })

  it('finds by order as well, and returns each payment once', async () => {
    const { get, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    await seedPayment({ imp_uid: 'imp_2' })
    const response = await get('/payments?imp_uid[]=imp_1&merchant_uid[]=order-1')
    expect([response.status, idsOf(response)]).toEqual([200, ['imp_1', 'imp_2']])
  })

  it('returns 404 when no id is known, and when none is given', async () => {
    const { get } = createMerchant()
    expect(await get('/payments?imp_uid[]=imp_none')).toEqual(unknown)
    expect(await get('/payments')).toEqual(unknown)
  })

  it('refuses more than a hundred ids', async () => {
    const { get } = createMerchant()
    const query = Array.from({ length: 101 }, (_, n) => `imp_uid[]=imp_${n}`).join('&')
    expect((await get(`/payments?${query}`)).status).toBe(400)
  })
})

describe('GET /payments/status/{payment_status}', () => {
  it('refuses an unknown status with the provider’s text', async () => {
    expect(await createMerchant().get('/payments/status/odd')).toEqual({
      status: 400,
      body: { code: 1, message: '지원되지 않는 상태값입니다.', response: null },
    })
  })

  it('lists one status, or all', async () => {
    const { get, seedPayment } = createMerchant()
    for (const status of ['ready', 'paid', 'failed', 'cancelled']) {
      await seedPayment({ imp_uid: `imp_${status}`, status })
    }
    for (const status of ['ready', 'paid', 'failed', 'cancelled']) {
      expect(idsOf(await get(`/payments/status/${status}`))).toEqual([`imp_${status}`])
    }
    expect(idsOf(await get('/payments/status/all'))).toHaveLength(4)
  })

  it('returns pages of twenty with their position', async () => {
    const { get, seedPayment } = createMerchant()
    for (let n = 1; n <= 45; n += 1) await seedPayment({ imp_uid: `imp_${n}` })

    const second = await get('/payments/status/paid?page=2')
    expect(second.body['response']).toMatchObject({ total: 45, previous: 1, next: 3 })
    expect(idsOf(second)[0]).toBe('imp_25')
    expect(idsOf(await get('/payments/status/paid?page=3'))).toHaveLength(5)
    expect(idsOf(await get('/payments/status/paid?limit=45'))).toHaveLength(45)
  })

  it('refuses a page past the end', async () => {
    const { get, seedPayment } = createMerchant()
    await seedPayment({})
    expect((await get('/payments/status/paid?page=2')).status).toBe(400)
  })

  it('filters by a range of at most ninety days, both ends included', async () => {
    const { get, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const list = (from: number, to: number) => get(`/payments/status/paid?from=${from}&to=${to}`)

    expect(idsOf(await list(fixedTimeSeconds, fixedTimeSeconds))).toEqual(['imp_1'])
    expect(idsOf(await list(fixedTimeSeconds - 10, fixedTimeSeconds - 1))).toEqual([])
    expect(idsOf(await list(fixedTimeSeconds + 1, fixedTimeSeconds + 10))).toEqual([])
    expect((await list(fixedTimeSeconds - 91 * 86_400, fixedTimeSeconds)).status).toBe(400)
  })

  it('lists the last ninety days without a range', async () => {
    const { get, seedPayment, simulator, call, login } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    await simulator.clock.advance(90 * dayMs)
    const authorization = await login()
    const last = await call('/payments/status/paid', { headers: { authorization } })
    await simulator.clock.advance(1000)

    expect(idsOf(last)).toEqual(['imp_1'])
    expect(idsOf(await get('/payments/status/paid'))).toEqual([])
  })

  it('filters by the time of the status', async () => {
    const { get, seedPayment, simulator, control } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', status: 'ready', pay_method: 'vbank' })
    await simulator.clock.advance(5000)
    await control('/payments/imp_1/deposit')
    const at = fixedTimeSeconds + 5

    expect(idsOf(await get(`/payments/status/paid?from=${at}&to=${at}`))).toEqual(['imp_1'])
    expect(idsOf(await get(`/payments/status/all?from=${at}&to=${at}`))).toEqual([])
  })
})

describe('GET /payments/{imp_uid}/balance', () => {
  const payco = {
    pg_provider: 'payco',
    pg_id: 'PARTNERTEST',
    channel_key: 'channel-key-payco',
    type: 'payment',
    sandbox: false,
    module: 'legacy',
    store_id: 'store-1',
  } as const

  it('splits a PAYCO payment, net of refunds', async () => {
    const { get, seedPayment } = createMerchant({ channels: [payco] })
    await seedPayment({ imp_uid: 'imp_1', amount: 1100, cancel_amount: 550 })
    const nothing = { service: 0, supply: 0, tax_free: 0, vat: 0 }

    expect((await get('/payments/imp_1/balance')).body['response']).toMatchObject({
      amount: 1100,
      primary: { service: 0, supply: 500, tax_free: 0, vat: 50 },
      secondary: nothing,
      discount: nothing,
      cash_receipt: nothing,
    })
  })

  it('returns 405 for any other PG and any other method, and 404 for an unknown payment', async () => {
    const { get, send, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    expect((await get('/payments/imp_1/balance')).status).toBe(405)
    const posted = await send('POST', '/payments/imp_1/balance', {})
    expect([posted.status, posted.body['message']]).toEqual([405, '허용되지 않는 요청 방식입니다.'])
    expect(await get('/payments/imp_none/balance')).toEqual(unknown)
  })
})
