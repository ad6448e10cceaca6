import { describe, expect, it } from 'vitest'
import { createFixture, read } from './completion-fixture.ts'

const received = { status: 200, body: { status: 'received' } }
const retry = { status: 503, body: { status: 'retry' } }

describe('POST /payments/webhook requests a resend only where it can help', () => {
  it('accepts JSON and a form, and records the status of the record', async () => {
    for (const [type, body] of [
      [
        'application/json',
        (i: string) => JSON.stringify({ imp_uid: i, merchant_uid: 'ORD-1', status: 'paid' }),
      ],
      [
        'application/x-www-form-urlencoded; charset=utf-8',
        (i: string) => `imp_uid=${i}&merchant_uid=ORD-1&status=paid`,
      ],
    ] as const) {
      const { order, pay, webhook, store } = createFixture()
      order('ORD-1')
      const imp_uid = await pay('ORD-1')
      expect(await read(webhook(body(imp_uid), { 'content-type': type }))).toEqual(received)
      expect(store.changes.map(({ to, payment }) => ({ to, impUid: payment.impUid }))).toEqual([
        { to: 'paid', impUid: imp_uid },
      ])
    }
  })

  it('T7: does not trust the body: paid at the provider counts, paid in the body does not', async () => {
    const { order, pay, webhook, store } = createFixture()
    const opened = order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    expect(await read(webhook({ imp_uid, merchant_uid: 'ORD-1', status: 'paid' }))).toEqual(
      received,
    )
    expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
  })

  it('T18: requests a resend for an unknown order, without a lookup or a record', async () => {
    const { pay, webhook, lookups, store } = createFixture()
    const imp_uid = await pay('ORD-1')
    const response = await webhook({ imp_uid, merchant_uid: 'ORD-1', status: 'paid' })
    expect(response.headers.get('retry-after')).toBe('60')
    expect(await read(response)).toEqual(retry)
    expect(await lookups()).toBe(0)
    expect({ changes: store.changes, attempts: store.attempts }).toEqual({
      changes: [],
      attempts: [],
    })
  })

  it.each([
    ['another amount', { amount: 100 }],
    ['another currency', { currency: 'JPY' }],
    ['an unknown channel', { overrides: { sandbox: null } }],
    ['a test channel (T66)', { sandbox: true }],
  ])('a payment of %s is final: no resend, and the attempt is recorded', async (_title, fields) => {
    const { order, pay, webhook, store } = createFixture()
    const opened = order('ORD-1')
    const imp_uid = await pay('ORD-1', fields)
    expect(await read(webhook({ imp_uid, merchant_uid: 'ORD-1', status: 'paid' }))).toEqual(
      received,
    )
    expect(store.attempts.map(({ outcome }) => outcome)).toEqual(['refused'])
    expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
  })

  it("responds 200 to the console's test webhook, and changes nothing", async () => {
    const { webhook, lookups, store } = createFixture()
    for (const status of ['paid', 'ready']) {
      const test = { imp_uid: 'imp_1234567890', merchant_uid: 'merchant_1234567890', status }
      expect(await read(webhook(test))).toEqual(received)
    }
    expect(await lookups()).toBe(0)
    expect({ changes: store.changes, attempts: store.attempts }).toEqual({
      changes: [],
      attempts: [],
    })
  })

  it('does not read an escrow event as a payment, although its status is paid', async () => {
    const { order, pay, webhook, lookups, store } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const event = { event: 'Inicis.Escrow.Changed', imp_uid, merchant_uid: 'ORD-1', status: 'paid' }
    expect(await read(webhook(event))).toEqual(received)
    expect(await lookups()).toBe(0)
    expect(store.changes).toEqual([])
  })

  it('T25: repeated notices of an order that is up to date cost no lookup', async () => {
    const { order, pay, webhook, lookups, store } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    for (let i = 0; i < 100; i++) {
      await webhook({ imp_uid, merchant_uid: 'ORD-1', status: 'paid' })
    }
    expect(await lookups()).toBe(1)
    expect(store.changes.length).toBe(1)
  })

  it('a cancel of a paid order is looked up; an older notice changes nothing', async () => {
    const { order, pay, webhook, control, store } = createFixture()
    const { merchantUid } = order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const notify = (status: string) => webhook({ imp_uid, merchant_uid: 'ORD-1', status })
    await notify('paid')
    await control(`/payments/${imp_uid}/cancel`, { amount: 900 })
    await notify('cancelled')
    await control(`/payments/${imp_uid}/cancel`, {})
    await notify('cancelled')
    await notify('paid')
    await notify('ready')
    const found = await store.find(merchantUid)
    expect(found.ok && { status: found.value.status, cancelled: found.value.cancelled }).toEqual({
      status: 'cancelled',
      cancelled: { minor: 64_900, currency: 'KRW' },
    })
    expect(store.changes.map(({ to }) => to)).toEqual(['paid', 'partially_cancelled', 'cancelled'])
  })

  it('T21: a payment that failed and is approved later makes its order paid', async () => {
    const { order, pay, webhook, control, store } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'failed' })
    const notify = (status: string) => webhook({ imp_uid, merchant_uid: 'ORD-1', status })
    await notify('failed')
    await control(`/payments/${imp_uid}/approve-late`, {})
    await notify('paid')
    expect(store.changes.map(({ to }) => to)).toEqual(['failed', 'paid'])
  })

  it.each([
    ['an id is missing', '{"merchant_uid":"ORD-1","status":"paid"}', 400, 'id_missing'],
    ['JSON is malformed', '{"imp_uid":"imp_1"', 400, 'body_malformed'],
    ['a form is labelled JSON', 'imp_uid=imp_1&merchant_uid=ORD-1', 400, 'body_malformed'],
    [
      'T4: the id would change the endpoint',
      '{"imp_uid":"imp_1?include_sandbox=true","merchant_uid":"ORD-1"}',
      400,
      'id_malformed',
    ],
    ['T27: it is larger than 16 KiB', `{"x":"${'x'.repeat(16_400)}"}`, 413, 'body_too_large'],
  ])('refuses a body when %s', async (_title, body, status, error) => {
    const { order, webhook, lookups } = createFixture()
    order('ORD-1')
    expect(await read(webhook(body))).toEqual({ status, body: { status: 'invalid', error } })
    expect(await lookups()).toBe(0)
  })

  it('T13: a thousand concurrent notices of three channels pay an order once', async () => {
    const { order, pay, complete, webhook, app, store } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const ids = { imp_uid, merchant_uid: 'ORD-1' }
    const responses = await Promise.all(
      Array.from({ length: 1000 }, async (_, i) => {
        if (i % 3 === 0) return complete(ids)
        if (i % 3 === 1) return webhook({ ...ids, status: 'paid' })
        return app.request(`/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1`)
      }),
    )
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200, 303]))
    expect(store.changes.length).toBe(1)
  })

  it('T34: an IP address that a sender claims changes nothing', async () => {
    for (const address of ['52.78.100.19', '::ffff:52.78.100.19', '10.0.0.1']) {
      const { order, pay, webhook, store } = createFixture()
      const opened = order('ORD-1')
      const imp_uid = await pay('ORD-1', { amount: 100 })
      const claimed = {
        'x-forwarded-for': address,
        'x-real-ip': address,
        'true-client-ip': address,
        'cf-connecting-ip': address,
      }
      const response = webhook({ imp_uid, merchant_uid: 'ORD-1', status: 'paid' }, claimed)
      expect(await read(response)).toEqual(received)
      expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
    }
  })

  it("T56: a payment of another merchant's account is not found, and pays nothing", async () => {
    const { order, webhook, complete, store } = createFixture()
    const otherMerchant = createFixture()
    const opened = order('ORD-1')
    const ids = { imp_uid: await otherMerchant.pay('ORD-1'), merchant_uid: 'ORD-1' }
    expect(await read(webhook({ ...ids, status: 'paid' }))).toEqual(retry)
    expect((await complete(ids)).status).toBe(202)
    expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
  })
})
