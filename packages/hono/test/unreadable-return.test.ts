import type { Order } from '@quayside/core'
import { describe, expect, it } from 'vitest'
import { createFixture, pages, read, shop } from './completion-fixture.ts'

type Fixture = ReturnType<typeof createFixture>

const to = (page: keyof typeof pages) => ({ status: 303, location: pages[page] })
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const pgPage = 'https://mobile.pg.example'

async function locate(response: Response | Promise<Response>) {
  const { status, headers } = await response
  return { status, location: headers.get('location') }
}

const returnBy = ({ app }: Fixture, query: string) =>
  locate(app.request(`/payments/redirect${query}`))

/** A fixture whose order ORD-1 is paid. */
async function createPaid() {
  const fixture = createFixture()
  fixture.order('ORD-1')
  const imp_uid = await fixture.pay('ORD-1')
  await fixture.complete({ imp_uid, merchant_uid: 'ORD-1' })
  return { ...fixture, imp_uid }
}

describe('T57: a return that repeats parameters', () => {
  it('is read where the repeats agree', async () => {
    const fixture = createFixture()
    fixture.order('ORD-18')
    const imp_uid = await fixture.pay('ORD-18')
    const repeated = `?merchant_uid=ORD-18&imp_uid=${imp_uid}&merchant_uid=ORD-18&imp_success=true`
    expect(await returnBy(fixture, repeated)).toEqual(to('success'))
    expect(await returnBy(fixture, `${repeated}&imp_success=true&imp_success=false`)).toEqual(
      to('success'),
    )
    const body = `${repeated.slice(1)}&imp_uid=${imp_uid}`
    for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
      const response = await fixture.complete(body, { 'content-type': type })
      expect(await response.json()).toMatchObject({ status: 'success' })
    }
    const json = `{"imp_uid":"${imp_uid}","merchant_uid":"ORD-18","imp_uid":"${imp_uid}"}`
    expect(await (await fixture.complete(json)).json()).toMatchObject({ status: 'success' })
    const webhook = fixture.webhook(`${body}&status=paid&status=paid`, form)
    expect((await webhook).status).toBe(200)
  })

  it('with two orders or two payments is never read as one of them', async () => {
    const fixture = await createPaid()
    fixture.order('ORD-2')
    const { imp_uid } = fixture
    for (const query of [
      `?merchant_uid=ORD-2&imp_uid=${imp_uid}&merchant_uid=ORD-1`,
      `?imp_uid=${imp_uid}&imp_uid=imp_2&merchant_uid=ORD-2`,
    ]) {
      expect(await returnBy(fixture, query)).toEqual(to('pending'))
    }
  })

  it('or has many of the shop is read', async () => {
    const { imp_uid, ...fixture } = await createPaid()
    const own = Array.from({ length: 60 }, (_, i) => `utm_${i}=x`).join('&')
    const query = `?${own}&imp_uid=${imp_uid}&merchant_uid=ORD-1`
    expect(await returnBy(fixture, query)).toEqual(to('success'))
  })
})

describe('T57: a return that cannot be read never leads to the page that offers another try', () => {
  it.each([
    ['nothing', ''],
    ['an id that would change the endpoint', '?imp_uid=..%2Fbanks&merchant_uid=ORD-1'],
    ['the order only', '?merchant_uid=ORD-1'],
    ['two payments', '?imp_uid=imp_1&imp_uid=imp_2&merchant_uid=ORD-1'],
    ['more than 256 parameters', `?merchant_uid=ORD-1${'&a=1'.repeat(300)}`],
    ['a result of the V2 script', '?paymentId=ORD-1&transactionType=PAYMENT&txId=t'],
    ['an unknown order', '?imp_uid=imp_1&merchant_uid=ORD-X'],
    ['an unknown order only', '?merchant_uid=ORD-X'],
  ])('%s, while the order is open', async (_title, query) => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    expect(await returnBy(fixture, query)).toEqual(to('pending'))
    expect(await fixture.lookups()).toBe(0)
  })

  it.each([
    ['paid', 'success'],
    ['vbank_issued', 'vbankIssued'],
    ['cancelled', 'cancelled'],
    ['partially_cancelled', 'cancelled'],
    ['pending', 'pending'],
    // This may be the return of a later attempt, or of a deposit that is on its way.
    ['failed', 'pending'],
    ['expired', 'pending'],
  ] as const)('an order that is %s leads to its own page, or waits', async (status, page) => {
    const { store, order } = createFixture()
    const stored: Order = { ...order('ORD-1'), status }
    const find = async () => ({ ok: true, value: stored }) as const
    const fixture = createFixture({ store: { ...store, find } })
    for (const query of [
      '?merchant_uid=ORD-1',
      '?merchant_uid=ORD-1&imp_uid=%00',
      '?merchant_uid=ORD-1&merchant_uid=ORD-1&imp_uid=a&imp_uid=b',
      `?merchant_uid=ORD-1${'&a=1'.repeat(300)}`,
    ]) {
      expect(await returnBy(fixture, query)).toEqual(to(page))
    }
    // Before a buyer reads that the payment failed, the money of the order is looked for.
    expect(await fixture.lookups()).toBe(status === 'failed' || status === 'expired' ? 4 : 0)
  })

  it('an outage of the store is reported, and leads to the pending page', async () => {
    const { store } = createFixture()
    const failure = { reason: 'store_unavailable', cause: 'D1' } as const
    const find = async () => ({ ok: false, failure }) as const
    const fixture = createFixture({ store: { ...store, find } })
    expect(await returnBy(fixture, '?merchant_uid=ORD-1')).toEqual(to('pending'))
    expect(await returnBy(fixture, '?merchant_uid=ORD-1&imp_success=false')).toEqual(to('pending'))
    expect(fixture.reports.map(({ kind }) => kind)).toEqual([
      'refused_request',
      'order_not_read',
      'order_not_read',
    ])
  })

  it.each([
    ['another media type', 'text/plain', 'x'],
    ['a form of parts', 'multipart/form-data; boundary=x', '--x--'],
    ['an empty form', 'application/x-www-form-urlencoded', ''],
    ['a form that is too large', 'application/x-www-form-urlencoded', 'x'.repeat(70_000)],
  ])('a post of %s counts by its query', async (_title, type, body) => {
    const { imp_uid, ...fixture } = await createPaid()
    const post = (query: string) =>
      locate(
        fixture.app.request(`/payments/redirect${query}`, {
          method: 'POST',
          body,
          headers: { 'content-type': type },
        }),
      )
    expect(await post(`?imp_uid=${imp_uid}&merchant_uid=ORD-1`)).toEqual(to('success'))
    expect(await post('?merchant_uid=ORD-1')).toEqual(to('success'))
    expect(await post('')).toEqual(to('pending'))
  })
})

describe('T57: a body that a parser in front of the route has consumed', () => {
  const consumers: readonly (readonly [string, (request: Request) => unknown])[] = [
    ['read', (request) => request.text()],
    ['locked', (request) => request.body?.getReader()],
    ['cancelled', (request) => request.body?.cancel()],
  ]
  const message =
    'The request body was already consumed: put body parsers behind the completion routes.'

  it.each(consumers)(
    '%s: POST /payments/complete and the webhook name the cause',
    async (_, eat) => {
      const { imp_uid, app, reports } = await createPaid()
      for (const route of ['complete', 'webhook', 'confirm']) {
        const request = new Request(`https://x/payments/${route}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ imp_uid, merchant_uid: 'ORD-1' }),
        })
        await eat(request)
        expect(await read(app.request(request))).toEqual({
          status: 400,
          body: {
            status: 'invalid',
            error: 'body_consumed',
            ...(route === 'confirm' ? {} : { message }),
          },
        })
        expect(reports.at(-1)).toEqual({
          kind: 'refused_request',
          route,
          failure: { reason: 'body_consumed' },
        })
      }
    },
  )

  it.each(consumers)('%s: a return leads to the page of its order, or waits', async (_, eat) => {
    const { imp_uid, app } = await createPaid()
    const post = async (query: string) => {
      const request = new Request(`https://x/payments/redirect${query}`, {
        method: 'POST',
        headers: form,
        body: `imp_uid=${imp_uid}&merchant_uid=ORD-1`,
      })
      await eat(request)
      return locate(app.request(request))
    }
    expect(await post('?merchant_uid=ORD-1')).toEqual(to('success'))
    expect(await post('')).toEqual(to('pending'))
  })

  it('whose stream an adapter delivers empty, or destroyed', async () => {
    const { complete, app } = await createPaid()
    const empty = await complete('', { 'content-length': '61' })
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('read')) })
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    const headers = { 'content-type': 'application/json' }
    const destroyed = await app.request(
      new Request('https://x/payments/complete', { ...init, headers }),
    )
    const absent = await app.request('/payments/complete', {
      method: 'POST',
      headers: { ...headers, 'content-length': '61' },
    })
    for (const response of [empty, destroyed, absent]) {
      expect(await response.json()).toEqual({ status: 'invalid', error: 'body_consumed', message })
    }
  })
})

describe('T61: a form that a browser posts to /payments/complete is a return, not a script', () => {
  const asPage = (headers: Record<string, string>) => ({ ...form, ...headers })
  it.each([
    ['from the page of a PG', { origin: pgPage }],
    ['from a page that hides its origin', { origin: 'null' }],
    ['that is shown as a page', { 'sec-fetch-mode': 'navigate', origin: pgPage }],
    ['from the shop, shown as a page', { 'sec-fetch-mode': 'navigate', origin: shop }],
    ['in the web view of an Android app', { origin: pgPage, 'x-requested-with': 'com.shop.app' }],
    ['from an old browser', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }],
  ])('%s', async (_title, headers) => {
    const fixture = createFixture()
    fixture.order('ORD-1')
    const imp_uid = await fixture.pay('ORD-1')
    const post = (body: string) => locate(fixture.complete(body, asPage(headers)))
    expect(await post(`imp_uid=${imp_uid}&merchant_uid=ORD-1`)).toEqual(to('success'))
    expect(await post('merchant_uid=ORD-1')).toEqual(to('success'))
    expect(await post('')).toEqual(to('pending'))
  })

  it.each([
    ['JSON of a foreign page', 'application/json', { origin: pgPage }],
    ['a form labelled JSON of a foreign page', 'application/json', { origin: 'null' }],
    [
      'the form of a foreign script',
      form['content-type'],
      { origin: pgPage, 'sec-fetch-mode': 'cors' },
    ],
    [
      'the form of a foreign script that sends no mode',
      form['content-type'],
      { origin: pgPage, 'x-requested-with': 'XMLHttpRequest' },
    ],
  ])('%s is refused', async (_title, type, headers) => {
    const { complete, order, lookups } = createFixture()
    order('ORD-1')
    const response = complete('imp_uid=imp_1&merchant_uid=ORD-1', {
      ...headers,
      'content-type': type,
    })
    expect(await read(response)).toEqual({
      status: 403,
      body: { status: 'invalid', error: 'origin_refused' },
    })
    expect(await lookups()).toBe(0)
  })

  it.each([
    ['of the shop', { origin: shop }],
    ['of the shop, in a new browser', { origin: shop, 'sec-fetch-mode': 'cors' }],
    ['of jQuery', { origin: shop, accept: 'application/json, text/javascript, */*; q=0.01' }],
    ['of a program', {}],
  ])('a form %s gets JSON', async (_title, headers) => {
    const { complete, imp_uid } = await createPaid()
    const response = complete(`imp_uid=${imp_uid}&merchant_uid=ORD-1`, asPage(headers))
    expect(await read(response)).toEqual({
      status: 200,
      body: { status: 'success', message: 'The payment is complete.' },
    })
  })

  it('changes nothing but by a lookup', async () => {
    const { complete, order, store } = createFixture()
    const opened = order('ORD-1')
    const claim = 'imp_uid=imp_1&merchant_uid=ORD-1&imp_success=true&status=paid'
    expect(await locate(complete(claim, asPage({ origin: pgPage })))).toEqual(to('pending'))
    expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
  })

  it('a browser that is sent on to GET /payments/complete is redirected as well', async () => {
    const { app, imp_uid } = await createPaid()
    const url = `/payments/complete?imp_uid=${imp_uid}&merchant_uid=ORD-1`
    const headers = { origin: 'null', 'sec-fetch-mode': 'navigate' }
    expect(await locate(app.request(url, { headers }))).toEqual(to('success'))
  })
})
