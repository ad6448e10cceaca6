import { describe, expect, it } from 'vitest'
import { createFixture, pages } from './completion-fixture.ts'

const appPages = {
  success: 'myapp://pay/success',
  vbankIssued: 'myapp://pay/vbank',
  failed: 'myapp://pay/failed',
  cancelled: 'myapp://pay/cancelled',
  pending: 'myapp://pay/pending',
}

/** A paid order of which the provider has not told anything yet, and the returns of its buyer. */
async function createPaid(options: Parameters<typeof createFixture>[0] = {}) {
  const fixture = createFixture(options)
  fixture.order('ORD-1')
  const impUid = await fixture.pay('ORD-1')
  const comeBack = async (query: string) => {
    const response = await fixture.app.request(`/payments/redirect${query}`)
    return [response.status, response.headers.get('location')]
  }
  return { ...fixture, impUid, comeBack }
}

describe('the return of an app', () => {
  it('leads to the page of the app, whichever scheme it has', async () => {
    const { impUid, comeBack } = await createPaid({ pages: appPages })
    const ids = `imp_uid=${impUid}&merchant_uid=ORD-1`
    expect(await comeBack(`?${ids}`)).toEqual([303, appPages.success])
    expect(await comeBack(`?${ids}&imp_success=false&error_msg=x`)).toEqual([303, appPages.success])
    expect(await comeBack('')).toEqual([303, appPages.pending])
  })

  it('may arrive twice, by the scheme and in the web view', async () => {
    const { impUid, comeBack, store } = await createPaid()
    const query = `?imp_uid=${impUid}&merchant_uid=ORD-1`
    expect(await Promise.all([comeBack(query), comeBack(query)])).toEqual([
      [303, pages.success],
      [303, pages.success],
    ])
    expect(store.changes.length).toBe(1)
  })

  it('is read without the fields that an app adds, or another address within', async () => {
    const { impUid, comeBack } = await createPaid()
    const nested = encodeURIComponent('https://shop.example/?a=1&merchant_uid=ORD-2')
    const ids = `imp_uid=${impUid}&merchant_uid=ORD-1`
    expect(await comeBack(`?${ids}&m_redirect_url=${nested}&app=1`)).toEqual([303, pages.success])
  })

  it.each(['%26', '%2526'])(
    'leads to the waiting page with an & that was encoded as %s, and the webhook completes the order',
    async (and) => {
      const { impUid, comeBack, webhook, store } = await createPaid()
      const query = `?imp_uid=${impUid}${and}merchant_uid=ORD-1${and}imp_success=true`
      expect(await comeBack(query)).toEqual([303, pages.pending])
      await webhook({ imp_uid: impUid, merchant_uid: 'ORD-1', status: 'paid' })
      expect(store.changes.length).toBe(1)
    },
  )

  it.each([
    ['the order only', '?merchant_uid=ORD-1', pages.pending],
    ['the payment only', '?imp_uid=:imp', pages.success],
    ['a code of the app', '?code=1', pages.pending],
    ['empty fields', '?imp_uid=&merchant_uid=', pages.pending],
  ])('leads on where it names %s', async (_, query, page) => {
    const { impUid, comeBack } = await createPaid()
    expect(await comeBack(query.replace(':imp', impUid))).toEqual([303, page])
  })
})
