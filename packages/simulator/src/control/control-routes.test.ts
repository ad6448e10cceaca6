import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, fixedTime, fixedTimeSeconds } from '../../test/merchant.ts'

describe('/_simulator', () => {
  it('seeds a payment of any kind', async () => {
    const { control } = createMerchant()
    const { status, body } = await control('/payments', {
      imp_uid: 'imp_1',
      merchant_uid: 'order-1',
      amount: '14.20',
      currency: 'USD',
      status: 'cancelled',
      cancel_amount: 4.2,
      pay_method: 'card',
      pg_provider: 'tosspayments',
      sandbox: false,
      overrides: { receipt_url: 'https://pg.example/slip' },
    })

    expect([status, body]).toMatchObject([
      200,
      {
        imp_uid: 'imp_1',
        amount: 14.2,
        cancel_amount: 4.2,
        currency: 'USD',
        status: 'cancelled',
        pg_provider: 'tosspayments',
        sandbox: false,
        receipt_url: 'https://pg.example/slip',
        paid_at: fixedTimeSeconds,
      },
    ])
  })

  it.each([
    ['paid', {}],
    ['cancelled', { cancel_amount: 400 }],
    ['cancelled', { cancel_amount: 1000 }],
    ['paid', { cancel_amount: 400, status: 'paid' }],
  ])('seeds a payment with the status %s from %o', async (status, over) => {
    const { seedPayment } = createMerchant()
    expect((await seedPayment(over))['status']).toBe(status)
  })

  for (const [field, over] of [
    ['merchant_uid', { merchant_uid: '' }],
    ['amount', { amount: 'much' }],
    ['status', { status: 'odd' }],
    ['cancel_amount', { cancel_amount: 'some' }],
    ['pg_provider', { pg_provider: 'unheard_of' }],
  ] as const) {
    it(`names ${field} when it is invalid`, async () => {
      const { control } = createMerchant()
      const payment = { merchant_uid: 'order-1', amount: 1000, ...over }
      expect(await control('/payments', payment)).toEqual({
        status: 400,
        body: { reason: 'invalid', field, expected: expect.any(String) },
      })
    })
  }

  for (const [action, status, reason] of [
    ['deposit', 'paid', 'no_account'],
    ['approve', 'paid', 'not_ready'],
    ['approve-late', 'paid', 'not_failed'],
    ['fail', 'paid', 'not_ready'],
    ['cancel', 'ready', 'not_paid'],
    ['resend', 'paid', 'webhook_target_missing'],
  ] as const) {
    it(`refuses to ${action} a ${status} payment, and an unknown one`, async () => {
      const { control, seedPayment } = createMerchant()
      await seedPayment({ imp_uid: 'imp_1', status })
      expect(await control(`/payments/imp_1/${action}`)).toEqual({ status: 409, body: { reason } })
      expect(await control(`/payments/imp_none/${action}`)).toEqual({
        status: 404,
        body: { reason: 'payment_unknown' },
      })
    })
  }

  it('accepts a deposit once', async () => {
    const { control, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', status: 'ready', pay_method: 'vbank' })
    const first = await control('/payments/imp_1/deposit')
    const second = await control('/payments/imp_1/deposit')

    expect(first.body).toMatchObject({ status: 'paid', paid_at: fixedTimeSeconds })
    expect(second).toEqual({ status: 409, body: { reason: 'not_ready' } })
  })

  it('cancels in the console in parts', async () => {
    const { control, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const part = await control('/payments/imp_1/cancel', { amount: 300 })
    const tooMuch = await control('/payments/imp_1/cancel', { amount: 701 })
    const odd = await control('/payments/imp_1/cancel', { amount: 'all' })

    expect(part.body).toMatchObject({ cancel_amount: 300 })
    expect(tooMuch.body).toEqual({ reason: 'balance_exceeded', balanceMinor: 700 })
    expect(odd.body).toEqual({ reason: 'amount_invalid' })
  })

  it('fails a waiting payment with the given text', async () => {
    const { control, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', status: 'ready' })
    const { body } = await control('/payments/imp_1/fail', { reason: '한도초과' })
    expect(body).toMatchObject({
      status: 'failed',
      fail_reason: '한도초과',
      failed_at: fixedTimeSeconds,
    })
  })

  it('moves the clock', async () => {
    const { control, call } = createMerchant()
    const advanced = await control('/clock', { advance_ms: 90_000 })
    const set = await control('/clock', { set: '2026-04-01T00:00:00.000Z' })

    const still = { ahead_ms: null, next_due: null }
    const later = new Date(fixedTime.getTime() + 90_000).toISOString()
    expect(advanced.body).toEqual({ now: later, ...still })
    expect(set.body).toEqual({ now: '2026-04-01T00:00:00.000Z', ...still })
    expect(await call('/_simulator/clock')).toEqual(set)
    expect((await control('/clock', { set: 'tomorrow' })).status).toBe(400)
  })

  it('counts calls by documented path, and resets the counts', async () => {
    const { get, call, control } = createMerchant()
    await get('/payments/imp_1')
    await get('/payments/imp_2/?include_sandbox=true')
    await get('/payments/find/a/b/paid')
    await get('/nowhere')
    const { body } = await call('/_simulator/request-log')
    await control('/request-log/reset')

    expect(body).toEqual({
      'POST /users/getToken': 1,
      'GET /payments/{imp_uid}': 2,
      'GET /payments/find/{merchant_uid}': 1,
      'GET /nowhere': 1,
    })
    expect((await call('/_simulator/request-log')).body).toEqual({})
  })

  it('returns the whole state, and resets it', async () => {
    const { control, call, get, seedPayment, send } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    await send('POST', '/payments/prepare', { merchant_uid: 'order-2', amount: 5 })
    await control('/faults', { fault: 'hang', path: '/elsewhere' })
    const before = await call('/_simulator/state')
    await control('/reset')
    const after = await call('/_simulator/state')

    expect(before.body).toMatchObject({
      payments: [{ imp_uid: 'imp_1' }],
      prepared: [{ merchant_uid: 'order-2', amount: 5, currency: null }],
      faults: [{ fault: 'hang', path: '/elsewhere' }],
    })
    expect(after.body).toMatchObject({ payments: [], prepared: [], faults: [], request_log: {} })
    expect((await get('/payments/imp_1')).status).toBe(401)
  })

  it('changes the given webhook settings and keeps the others', async () => {
    const { control } = createMerchant({ webhook: { url: 'https://shop.example/a' } })
    const changed = await control('/webhooks', { timing: 'after', delay_ms: 50, times: 2 }, 'PUT')

    expect(changed.body).toEqual({
      url: 'https://shop.example/a',
      timing: 'after',
      delay_ms: 50,
      times: 2,
      content_type: 'json',
      resend: false,
    })
  })

  for (const settings of [
    { timing: 'soon' },
    { content_type: 'xml' },
    { times: 0 },
    { times: 21 },
    { delay_ms: -1 },
    { url: 'javascript:alert(1)' },
    { url: 'shop.example' },
  ]) {
    it(`refuses the webhook settings ${JSON.stringify(settings)}`, async () => {
      const { control } = createMerchant()
      expect((await control('/webhooks', settings, 'PUT')).status).toBe(400)
    })
  }

  it('lists the active fault rules with the calls that remain', async () => {
    const { control, call, get } = createMerchant()
    const rule = { fault: 'slow', path: '/users/getToken', delay_ms: 1, times: 3 }
    await control('/faults', rule)
    await get('/payments/imp_1')

    expect((await call('/_simulator/faults')).body).toMatchObject({
      active: [
        {
          fault: 'slow',
          path: '/users/getToken',
          method: null,
          remaining: 2,
          delay_ms: 1,
          field: 'status',
        },
      ],
      latency_ms: 0,
    })
  })

  it('refuses an unknown operation', async () => {
    const { control } = createMerchant()
    expect(await control('/payments/imp_1/unheard-of')).toEqual({
      status: 404,
      body: { reason: 'unknown_operation' },
    })
  })

  it('refuses cross-site requests', async () => {
    const { simulator, seedPayment, get } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const cancel = (headers: Record<string, string>) =>
      simulator.fetch('http://localhost:8788/_simulator/payments/imp_1/cancel', {
        method: 'POST',
        headers,
      })

    expect((await cancel({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await cancel({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(fieldOf(await get('/payments/imp_1'), 'cancel_amount')).toBe(0)
    expect((await cancel({ origin: 'http://localhost:8788' })).status).toBe(200)
  })
})
