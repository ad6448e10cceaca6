import { describe, expect, it } from 'vitest'
import { createFixture, pages, read } from './completion-fixture.ts'

const form = 'application/x-www-form-urlencoded'

/** A fixture whose order ORD-1 is paid. */
async function createPaid() {
  const fixture = createFixture()
  fixture.order('ORD-1')
  const imp_uid = await fixture.pay('ORD-1')
  await fixture.complete({ imp_uid, merchant_uid: 'ORD-1' })
  const post = async (query: string, body: string) => {
    const response = await fixture.app.request(`/payments/redirect${query}`, {
      method: 'POST',
      body,
      headers: { 'content-type': form },
    })
    return response.headers.get('location')
  }
  return { ...fixture, imp_uid, post }
}

describe('T57: a form whose address names what the form does not', () => {
  it.each([
    ['the order', '?merchant_uid=ORD-1', 'success=false&error_msg=x'],
    ['the order, which the form has as null', '?merchant_uid=ORD-1', 'merchant_uid=null&a=b'],
    ['the order, twice', '?merchant_uid=ORD-1&merchant_uid=null&merchant_uid=ORD-1', ''],
  ])('is about %s', async (_title, query, body) => {
    const { post } = await createPaid()
    expect(await post(query, body)).toBe(pages.success)
  })

  it('is about the payment', async () => {
    const { imp_uid, post } = await createPaid()
    const ids = `?imp_uid=${imp_uid}&merchant_uid=ORD-1`
    expect(await post(ids, 'imp_success=false&error_msg=x')).toBe(pages.success)
    expect(await post('?merchant_uid=ORD-1', `imp_uid=${imp_uid}&imp_success=true`)).toBe(
      pages.success,
    )
  })

  it('is about its own, where both name one', async () => {
    const { imp_uid, post } = await createPaid()
    const other = '?imp_uid=imp_2&merchant_uid=ORD-2'
    expect(await post(other, `imp_uid=${imp_uid}&merchant_uid=ORD-1`)).toBe(pages.success)
    expect(await post(`?${'a=1&'.repeat(255)}`, `imp_uid=${imp_uid}&merchant_uid=ORD-1`)).toBe(
      pages.success,
    )
  })
})

describe('T57: what a page sends on as a whole', () => {
  // The most that an order can carry.
  const custom_data = JSON.stringify({ note: '"가나다" '.repeat(1_900) })

  it.each([
    ['JSON', 'application/json'],
    ['a form', form],
  ])('is read with 30 KB of custom data, as %s', async (_title, type) => {
    const { imp_uid, complete } = await createPaid()
    const rsp = { success: true, imp_uid, merchant_uid: 'ORD-1', custom_data }
    const latin = { ...rsp, success: 'true', custom_data: 'x'.repeat(30_000) }
    const body = type === form ? String(new URLSearchParams(latin)) : JSON.stringify(rsp)
    expect(await read(complete(body, { 'content-type': type }))).toEqual({
      status: 200,
      body: { status: 'success', message: 'The payment is complete.' },
    })
  })

  it('keeps a code that is a number', async () => {
    const refusal = { success: false, error_code: -702, error_msg: '인증 실패' }
    expect((await read(createFixture().complete(refusal))).body).toMatchObject({
      error_code: '-702',
      error_msg: '인증 실패',
    })
  })
})

describe('T61: whatever a browser shows as a page is a return', () => {
  it.each(['text/plain', 'application/json', 'multipart/form-data; boundary=x'])(
    'also a form of %s',
    async (type) => {
      const { complete } = await createPaid()
      const headers = {
        'content-type': type,
        'sec-fetch-mode': 'navigate',
        origin: 'https://pg.example',
      }
      const response = await complete('merchant_uid=ORD-1', headers)
      expect([response.status, response.headers.get('location')]).toEqual([303, pages.pending])
    },
  )
})

describe('T57: a body that was sent in chunks and consumed before', () => {
  it('is named as such', async () => {
    const { complete } = createFixture()
    for (const type of [form, 'application/json']) {
      const headers = { 'content-type': type, 'transfer-encoding': 'chunked' }
      const response = await read(complete('', headers))
      expect(response).toMatchObject({ status: 400, body: { error: 'body_consumed' } })
    }
  })
})
