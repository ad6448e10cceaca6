import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFixture, pages } from './completion-fixture.ts'

type App = ReturnType<typeof createFixture>['app']

async function returnBy(app: App, query: string, path = '/payments/redirect') {
  const response = await app.request(`${path}${query}`)
  return { status: response.status, location: response.headers.get('location') }
}

const to = (page: keyof typeof pages) => ({ status: 303, location: pages[page] })

describe('the return of a phone leads to the page for the status of the record', () => {
  it.each([
    ['paid', {}, 'success'],
    ['issued', { status: 'ready', pay_method: 'vbank' }, 'vbankIssued'],
    ['failed', { status: 'failed' }, 'failed'],
    ['cancelled', { status: 'cancelled' }, 'cancelled'],
    ['abandoned', { status: 'ready' }, 'pending'],
    ['of another amount', { amount: 1 }, 'pending'],
  ] as const)('%s', async (_title, fields, page) => {
    const { order, pay, app } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', fields)
    const query = `?imp_uid=${imp_uid}&merchant_uid=ORD-1`
    for (const path of ['/payments/redirect', '/payments/complete']) {
      expect(await returnBy(app, query, path)).toEqual(to(page))
    }
  })

  it('a false flag on a paid payment does not make it failed', async () => {
    const { order, pay, app } = createFixture()
    order('ORD-79')
    const imp_uid = await pay('ORD-79')
    const query = `?imp_success=false&imp_uid=${imp_uid}&merchant_uid=ORD-79`
    expect(await returnBy(app, query)).toEqual(to('success'))
  })

  it('reads the form that some PGs post', async () => {
    const { order, pay, app } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const response = await app.request('/payments/redirect?imp_uid=imp_other&merchant_uid=ORD-2', {
      method: 'POST',
      body: new URLSearchParams({ imp_uid, merchant_uid: 'ORD-1' }),
    })
    expect(response.headers.get('location')).toBe(pages.success)
  })

  it('a refusal before any payment leads to the failure page, after one look for money of the order', async () => {
    const { order, app, lookups } = createFixture()
    order('ORD-77')
    const query = '?a=1&b=2imp_uid=null&merchant_uid=ORD-77&imp_success=false&error_msg=x'
    expect(await returnBy(app, query)).toEqual(to('failed'))
    expect(await lookups()).toBe(1)
  })

  it('an address with a final slash is the same route', async () => {
    const { order, pay, app } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const response = await app.request(`/payments/redirect/?imp_uid=${imp_uid}&merchant_uid=ORD-1`)
    expect(response.headers.get('location')).toBe(pages.success)
  })

  it('an outage of the provider leads to the pending page', async () => {
    const { order, pay, app, fault } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    await fault('unavailable_json')
    expect(await returnBy(app, `?imp_uid=${imp_uid}&merchant_uid=ORD-1`)).toEqual(to('pending'))
  })

  it('T40: a hundred prefetches are one lookup and one effect', async () => {
    const { order, pay, app, lookups, store } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const query = `?imp_uid=${imp_uid}&merchant_uid=ORD-1`
    for (let i = 0; i < 100; i++) await returnBy(app, query)
    expect({ lookups: await lookups(), changes: store.changes.length }).toEqual({
      lookups: 1,
      changes: 1,
    })
  })

  it('T38: any request is redirected to one of the configured pages', async () => {
    const { app } = createFixture()
    const allowed = new Set(Object.values(pages))
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.oneof(
            fc.constantFrom('imp_uid', 'merchant_uid', 'next', 'm_redirect_url', 'error_msg'),
            fc.string(),
          ),
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.constantFrom('//evil.example', 'https://evil.example', '\r\nLocation: x', 'imp_1'),
          ),
        ),
        async (query) => {
          const response = await returnBy(app, `?${new URLSearchParams(query)}`)
          return response.status === 303 && allowed.has(response.location ?? '')
        },
      ),
      { numRuns: 500 },
    )
  })
})
