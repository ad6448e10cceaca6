import { createClient } from '@quayside/client'
import type { Order } from '@quayside/core'
import { createSimulator } from '@quayside/simulator'
import { describe, expect, it } from 'vitest'
import { createFixture, longTimeouts, pages, read } from './completion-fixture.ts'

const down = async () =>
  ({ ok: false, failure: { reason: 'store_unavailable', cause: 'D1' } }) as const
const pending = {
  status: 202,
  body: {
    status: 'pending',
    message: 'We are checking the payment. Please wait a moment and do not pay again.',
  },
}
const ids = { imp_uid: 'imp_1', merchant_uid: 'ORD-1' }

/** The report of a notice that could not be synced. */
const failures = ({ reports }: ReturnType<typeof createFixture>) =>
  reports.map((report) => (report.kind === 'not_synced' ? report.failure.reason : report.kind))

describe('T12: a failure of a dependency is never the buyer’s: the page waits, the webhook is resent', () => {
  async function notify(fixture: ReturnType<typeof createFixture>, body = ids) {
    const page = await read(fixture.complete(body))
    const webhook = await fixture.webhook(body)
    return { page, webhook: webhook.status, failures: failures(fixture) }
  }

  it('when the store is unavailable', async () => {
    const { store } = createFixture()
    expect(await notify(createFixture({ store: { ...store, find: down } }))).toEqual({
      page: pending,
      webhook: 503,
      failures: ['store_unavailable', 'store_unavailable'],
    })
  })

  it('under concurrent changes of the order', async () => {
    const { store, order } = createFixture()
    const fixture = createFixture({
      store: { ...store, record: async (change) => ({ ok: true, value: change.order }) },
    })
    order('ORD-1')
    const imp_uid = await fixture.pay('ORD-1')
    expect(await notify(fixture, { ...ids, imp_uid })).toEqual({
      page: pending,
      webhook: 503,
      failures: ['order_contended', 'order_contended'],
    })
  })

  it('when the provider returns another payment than the requested one', async () => {
    const record = {
      imp_uid: 'imp_2',
      merchant_uid: 'ORD-1',
      amount: 64_900,
      cancel_amount: 0,
      currency: 'KRW',
      status: 'paid',
      sandbox: false,
    }
    const fixture = createFixture({ lookupGuard: async () => ({ ok: true, value: record }) })
    fixture.order('ORD-1')
    expect(await notify(fixture)).toEqual({
      page: pending,
      webhook: 503,
      failures: ['record_mismatch', 'record_mismatch'],
    })
  })

  it('when the provider does not know the payment', async () => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    expect(await notify(fixture)).toEqual({
      page: pending,
      webhook: 503,
      failures: ['payment_not_found', 'payment_not_found'],
    })
  })

  it("when the provider refuses the shop's keys", async () => {
    const { fetch } = createSimulator()
    const client = createClient({
      key: 'simulator-key',
      secret: 'of another shop',
      fetch,
      ...longTimeouts,
    })
    const fixture = createFixture({ client })
    fixture.order('ORD-1')
    expect(await notify(fixture)).toEqual({
      page: pending,
      webhook: 503,
      failures: ['provider_refused_us', 'provider_refused_us'],
    })
  })
})

describe('POST /payments/complete returns the message of a failure only', () => {
  const message = 'The payment was not completed. You can try again.'

  it('none where neither the record nor the browser has one', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'failed', overrides: { fail_reason: null } })
    expect(await read(complete({ ...ids, imp_uid }))).toEqual({
      status: 200,
      body: { status: 'failed', message },
    })
  })

  it('not that of an earlier attempt that the store still has', async () => {
    const { store, order } = createFixture()
    const paid: Order = { ...order('ORD-1'), status: 'paid', failReason: 'of an earlier try' }
    const find = async () => ({ ok: true, value: paid }) as const
    const fixture = createFixture({ store: { ...store, find } })
    const imp_uid = await fixture.pay('ORD-1', { status: 'failed' })
    expect(await read(fixture.complete({ ...ids, imp_uid }))).toEqual({
      status: 200,
      body: { status: 'success', message: 'The payment is complete.' },
    })
  })

  it('not that which a browser adds to a success', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    const successWithWarning = { success: true, error_msg: 'a warning' }
    expect(await read(complete({ ...ids, imp_uid, ...successWithWarning }))).toEqual(pending)
  })
})

describe('a request that cannot be parsed', () => {
  it.each(['complete', 'webhook', 'confirm'])(
    'T29: bytes that are not UTF-8, and an empty body, at the route %s',
    async (route) => {
      const { app } = createFixture()
      const headers = { 'content-type': 'application/json' }
      const bodies = [new Uint8Array([0x7b, 0xff, 0x7d]), null]
      const responses = bodies.map(async (body) => {
        const pendingResponse = app.request(`/payments/${route}`, { method: 'POST', headers, body })
        const response = await read(pendingResponse)
        return { status: response.status, body: response.body }
      })
      expect(await Promise.all(responses)).toMatchObject([
        { status: 400, body: { status: 'invalid', error: 'body_not_utf8' } },
        { status: 400, body: { status: 'invalid', error: 'body_malformed' } },
      ])
    },
  )
})

describe('the language of a response', () => {
  it.each([
    ['fr, ko;q=0.4', '결제 결과를 확인하고 있습니다. 다시 결제하지 마시고 잠시 기다려 주세요.'],
    ['fr, en;q=0.4, ko;q=0.3', pending.body.message],
    ['fr', pending.body.message],
  ])('for %s is the first of Korean and English in the header', async (language, message) => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    const response = await read(fixture.complete(ids, { 'accept-language': language }))
    expect(response.body).toEqual({ status: 'pending', message })
  })
})

describe('the return of a phone', () => {
  it.each([
    'application/x-www-form-urlencoded',
    'Application/X-WWW-Form-Urlencoded ;charset=euc-kr',
  ])('with a form that is labelled %s is accepted', async (type) => {
    const { order, pay, app } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const response = await app.request('/payments/redirect', {
      method: 'POST',
      body: `imp_uid=${imp_uid}&merchant_uid=ORD-1`,
      headers: { 'content-type': type },
    })
    expect([response.status, response.headers.get('location')]).toEqual([303, pages.success])
  })

  it('after a partial refund leads to the page for cancelled payments', async () => {
    const { order, pay, app } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'paid', cancel_amount: 900 })
    const response = await app.request(`/payments/redirect?imp_uid=${imp_uid}&merchant_uid=ORD-1`)
    expect([response.status, response.headers.get('location')]).toEqual([303, pages.cancelled])
  })
})
