import { describe, expect, it } from 'vitest'
import { createFixture, read, shop } from './completion-fixture.ts'

const messages = {
  success: 'The payment is complete.',
  vbankIssued: 'A virtual account was issued. Please transfer the amount before it expires.',
  failed: 'The payment was not completed. You can try again.',
  cancelled: 'The payment was cancelled.',
  partiallyCancelled: 'Part of the payment was cancelled.',
  pending: 'We are checking the payment. Please wait a moment and do not pay again.',
  forgery:
    'This could not be confirmed as a payment of this order. If you have paid, please do not pay again and contact the shop.',
}
const expectedBody = (status: keyof typeof messages, more = {}) => ({
  status,
  message: messages[status],
  ...more,
})

describe('POST /payments/complete responds with the status of the record', () => {
  const cases = [
    ['a paid payment', { status: 'paid' }, 200, expectedBody('success')],
    [
      'an issued virtual account',
      { status: 'ready', pay_method: 'vbank', vbank_num: '110-1', vbank_name: '신한은행' },
      200,
      expectedBody('vbankIssued'),
    ],
    [
      'a failed payment, with the text of the provider',
      { status: 'failed', overrides: { fail_reason: '[CC61] 한도초과 <b>' } },
      200,
      expectedBody('failed', { error_msg: '[CC61] 한도초과 <b>' }),
    ],
    [
      'a cancelled payment',
      { status: 'cancelled', cancel_amount: 64_900 },
      200,
      expectedBody('cancelled'),
    ],
    [
      'T6: a partially cancelled payment, independent of its wire status',
      { status: 'paid', cancel_amount: 900 },
      200,
      expectedBody('partiallyCancelled'),
    ],
    ['an abandoned payment window', { status: 'ready' }, 202, expectedBody('pending')],
    [
      'T11: an unknown status',
      { status: 'ready', overrides: { status: 'reviewing' } },
      202,
      expectedBody('pending'),
    ],
  ] as const

  it.each(cases)('%s', async (_title, record, status, body) => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', record)
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1' }))).toEqual({ status, body })
  })

  it('responds in Korean to Accept-Language ko', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const response = complete(
      { imp_uid, merchant_uid: 'ORD-1' },
      { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8' },
    )
    expect(await read(response)).toEqual({
      status: 200,
      body: { status: 'success', message: '결제가 완료되었습니다.' },
    })
  })

  for (const [acceptLanguage, message] of [
    ['KO', '결제가 완료되었습니다.'],
    ['en-GB;q=0.5, ko', '결제가 완료되었습니다.'],
    ['fr, ko;q=0.4, en;q=0.8', 'The payment is complete.'],
    ['ko;q=0, *', 'The payment is complete.'],
    [';;q=ko,,', 'The payment is complete.'],
  ] as const) {
    it(`responds to Accept-Language ${JSON.stringify(acceptLanguage)} with "${message}"`, async () => {
      const { order, pay, complete } = createFixture()
      order('ORD-1')
      const imp_uid = await pay('ORD-1')
      const response = complete(
        { imp_uid, merchant_uid: 'ORD-1' },
        { 'accept-language': acceptLanguage },
      )
      expect(await read(response)).toEqual({ status: 200, body: { status: 'success', message } })
    })
  }

  it('marks every response in test mode', async () => {
    const { order, pay, complete } = createFixture({ mode: 'test' })
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { sandbox: true })
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1' }))).toEqual({
      status: 200,
      body: expectedBody('success', { mode: 'test' }),
    })
  })

  it('gives the same response to every repetition, and looks a paid order up once', async () => {
    const { order, pay, complete, lookups, store } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    for (let i = 0; i < 5; i++) {
      expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1' }))).toEqual({
        status: 200,
        body: expectedBody('success'),
      })
    }
    expect(await lookups()).toBe(1)
    expect(store.changes.length).toBe(1)
  })
})

describe('POST /payments/complete reads what a page may send', () => {
  it.each([
    ['JSON', 'application/json', (i: string) => `{"imp_uid":"${i}","merchant_uid":"ORD-1"}`],
    [
      'JSON with a charset',
      'application/json; charset=UTF-8',
      (i: string) => `{"imp_uid":"${i}","merchant_uid":"ORD-1"}`,
    ],
    [
      'a form',
      'application/x-www-form-urlencoded',
      (i: string) => `imp_uid=${i}&merchant_uid=ORD-1`,
    ],
    [
      'a form that jQuery labels JSON',
      'application/json',
      (i: string) => `imp_uid=${i}&merchant_uid=ORD-1`,
    ],
  ])('%s', async (_title, type, body) => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    expect(await read(complete(body(imp_uid), { 'content-type': type }))).toEqual({
      status: 200,
      body: expectedBody('success'),
    })
  })

  it('T10: ignores every other member, and the query', async () => {
    const { app, order, pay } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const response = app.request('/payments/complete?merchant_uid=ORD-2&status=forgery', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ imp_uid, merchant_uid: 'ORD-1', amount: 1, state: 'cancelled' }),
    })
    expect(await read(response)).toEqual({ status: 200, body: expectedBody('success') })
  })

  it('returns the message of a refusal before any payment, after one look for money of the order', async () => {
    const { order, complete, lookups, store } = createFixture()
    order('ORD-1')
    const refusal = {
      imp_uid: null,
      merchant_uid: 'ORD-1',
      error_code: 'F400',
      error_msg: '<i>아니오',
    }
    expect(await read(complete({ success: false, ...refusal }))).toEqual({
      status: 200,
      body: expectedBody('failed', { error_code: 'F400', error_msg: '<i>아니오' }),
    })
    expect(await lookups()).toBe(1)
    expect(store.changes).toEqual([])
  })

  it('shows a refusal that is not in the record yet, and leaves the order open', async () => {
    const { order, pay, complete, store } = createFixture()
    const opened = order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    const refusal = { error_code: 'F400', error_msg: '사용자가 결제를 취소하였습니다.' }
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1', ...refusal }))).toEqual({
      status: 200,
      body: expectedBody('failed', refusal),
    })
    expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
  })

  it('does not treat a false flag alone as a refusal: some PGs set it on paid payments', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1', { status: 'ready' })
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1', success: false }))).toEqual({
      status: 202,
      body: expectedBody('pending'),
    })
  })
})

describe('POST /payments/complete refuses a malformed request before any lookup', () => {
  const json = 'application/json'
  const form = 'application/x-www-form-urlencoded'
  it.each([
    ['not JSON', json, '{"imp_uid":', 400, 'body_malformed'],
    ['a JSON list', json, '[]', 400, 'body_malformed'],
    ['no ids', json, '{}', 400, 'id_missing'],
    ['no imp_uid and no failure', json, '{"merchant_uid":"ORD-1"}', 400, 'id_missing'],
    [
      'T4: an imp_uid that changes the endpoint',
      json,
      '{"imp_uid":"../users/getToken?x=","merchant_uid":"ORD-1"}',
      400,
      'id_malformed',
    ],
    [
      'T4: an encoded one',
      json,
      '{"imp_uid":"%2e%2e/banks","merchant_uid":"ORD-1"}',
      400,
      'id_malformed',
    ],
    [
      'T8: an id that is an object',
      json,
      '{"imp_uid":"imp_1","merchant_uid":{"$ne":null}}',
      400,
      'id_malformed',
    ],
    [
      'T8: an id that is a list',
      json,
      '{"imp_uid":["imp_1"],"merchant_uid":"ORD-1"}',
      400,
      'field_duplicated',
    ],
    [
      'T8: an id that is a number',
      json,
      '{"imp_uid":1,"merchant_uid":"ORD-1"}',
      400,
      'id_malformed',
    ],
    [
      'T30: an id twice in a form',
      form,
      'imp_uid=a&imp_uid=b&merchant_uid=ORD-1',
      400,
      'field_duplicated',
    ],
    ['T30: an id in brackets', form, 'imp_uid[]=a&merchant_uid=ORD-1', 400, 'field_duplicated'],
    [
      'T30: a key twice in JSON',
      json,
      '{"imp_uid":"a","merchant_uid":"ORD-1","imp\\u005fuid":"b"}',
      400,
      'field_duplicated',
    ],
    [
      'T32: a NUL in the id',
      json,
      '{"imp_uid":"imp_1","merchant_uid":"ORD-1\\u0000"}',
      400,
      'id_malformed',
    ],
    [
      'T32: a zero-width space',
      json,
      '{"imp_uid":"imp_1","merchant_uid":"ORD\\u200b-1"}',
      400,
      'id_malformed',
    ],
    [
      'an id of 41 characters',
      json,
      `{"imp_uid":"imp_1","merchant_uid":"${'x'.repeat(41)}"}`,
      400,
      'id_malformed',
    ],
    [
      'T28: 257 fields',
      form,
      `${'a=1&'.repeat(255)}imp_uid=a&merchant_uid=b`,
      400,
      'too_many_fields',
    ],
    [
      'T29: plain text',
      'text/plain',
      '{"imp_uid":"imp_1","merchant_uid":"ORD-1"}',
      415,
      'media_type_unsupported',
    ],
    ['T29: UTF-16', 'application/json; charset=utf-16', '{}', 415, 'media_type_unsupported'],
    ['T29: multipart', 'multipart/form-data; boundary=x', '--x--', 415, 'media_type_unsupported'],
    ['T27: more than 64 KiB', json, `{"imp_uid":"${'x'.repeat(65_600)}"}`, 413, 'body_too_large'],
  ])('%s', async (_title, type, body, status, error) => {
    const { order, complete, lookups, store } = createFixture()
    order('ORD-1')
    const response = await read(complete(body, { 'content-type': type }))
    expect(response).toEqual({
      status,
      body: { status: 'invalid', error, message: 'The request is not valid.' },
    })
    expect(await lookups()).toBe(0)
    expect(store.attempts).toEqual([])
  })

  it('T27: a body without a length that never ends', async () => {
    const { app } = createFixture()
    let pulled = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(1024))
      },
    })
    const streamed: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body,
      headers: { 'content-type': json },
      // Node requires this option for a response before the end of the request body.
      duplex: 'half',
    }
    const response = new Request('https://x/payments/complete', streamed)
    expect((await app.request(response)).status).toBe(413)
    expect(pulled).toBeLessThan(70)
  })

  it('T29: bytes that are not UTF-8', async () => {
    const { app } = createFixture()
    const response = app.request('/payments/complete', {
      method: 'POST',
      headers: { 'content-type': json },
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    })
    expect((await read(response)).body).toEqual({
      status: 'invalid',
      error: 'body_not_utf8',
      message: 'The request is not valid.',
    })
  })
})

describe('POST /payments/complete reveals nothing about a forged payment', () => {
  it.each([
    ['T1: a lowered amount', { amount: 100 }, 'amount_mismatch'],
    ['T1: one won less', { amount: 64_899 }, 'amount_mismatch'],
    ['T5: the same number of another currency', { currency: 'JPY' }, 'currency_mismatch'],
  ])('%s', async (_title, fields, reason) => {
    const { order, pay, complete, store } = createFixture()
    const opened = order('ORD-1')
    const imp_uid = await pay('ORD-1', fields)
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1' }))).toEqual({
      status: 409,
      body: expectedBody('forgery'),
    })
    expect(store.attempts).toMatchObject([{ outcome: 'refused', reason }])
    expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
  })

  it('T2: the paid payment of another order of the same price', async () => {
    const { order, pay, complete, store } = createFixture()
    order('ORD-A')
    const foreign = order('ORD-B')
    const imp_uid = await pay('ORD-A')
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-A' }))).toEqual({
      status: 200,
      body: expectedBody('success'),
    })
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-B' }))).toEqual({
      status: 409,
      body: expectedBody('forgery'),
    })
    expect(await store.find(foreign.merchantUid)).toEqual({ ok: true, value: foreign })
  })

  it('T41: an unknown order gets the response of a foreign one', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-A')
    order('ORD-B')
    const imp_uid = await pay('ORD-A')
    const foreign = await complete({ imp_uid, merchant_uid: 'ORD-B' })
    const unknown = await complete({ imp_uid, merchant_uid: 'ORD-X' })
    expect(await read(unknown.clone())).toEqual(await read(foreign.clone()))
    expect([...unknown.headers]).toEqual([...foreign.headers])
  })

  it('T22: a forged attempt leaves the order payable for its buyer', async () => {
    const { order, pay, complete } = createFixture()
    order('ORD-1')
    const cheap = await pay('ORD-1', { amount: 100 })
    await complete({ imp_uid: cheap, merchant_uid: 'ORD-1' })
    const honest = await pay('ORD-1')
    expect(await read(complete({ imp_uid: honest, merchant_uid: 'ORD-1' }))).toEqual({
      status: 200,
      body: expectedBody('success'),
    })
  })

  it('T3: a test payment in live mode, if the provider returns it', async () => {
    const { order, pay, complete, store } = createFixture()
    order('ORD-1')
    const shown = await pay('ORD-1', { overrides: { sandbox: null } })
    expect(await read(complete({ imp_uid: shown, merchant_uid: 'ORD-1' }))).toEqual({
      status: 409,
      body: expectedBody('forgery'),
    })
    expect(store.attempts).toMatchObject([{ outcome: 'refused', reason: 'sandbox_payment' }])
  })

  it('T66: a test payment in live mode, which is looked up to tell the shop what it is', async () => {
    const { order, pay, complete, store } = createFixture()
    order('ORD-1')
    const hidden = await pay('ORD-1', { sandbox: true })
    expect(await read(complete({ imp_uid: hidden, merchant_uid: 'ORD-1' }))).toEqual({
      status: 409,
      body: expectedBody('forgery'),
    })
    expect(store.attempts).toMatchObject([
      { outcome: 'refused', reason: 'sandbox_payment', payment: { sandbox: true } },
    ])
    expect(store.changes).toEqual([])
  })

  it('T20: the second paid payment of an order is recorded, and the order stays paid by the first', async () => {
    const { order, pay, complete, store } = createFixture()
    const opened = order('ORD-1')
    const first = await pay('ORD-1')
    const second = await pay('ORD-1')
    await complete({ imp_uid: first, merchant_uid: 'ORD-1' })
    expect(await read(complete({ imp_uid: second, merchant_uid: 'ORD-1' }))).toEqual({
      status: 200,
      body: expectedBody('success'),
    })
    const found = await store.find(opened.merchantUid)
    expect(found.ok && found.value.impUid).toBe(first)
    expect(store.changes.length).toBe(1)
    expect(store.attempts.map(({ payment, outcome }) => [payment.impUid, outcome])).toEqual([
      [second, 'duplicate_paid'],
    ])
  })
})

describe('T12: an outage of the provider is never failed or forgery', () => {
  it.each([
    ['unauthorized'],
    ['forbidden'],
    ['too_many'],
    ['error_html'],
    ['unavailable_json'],
    ['redirect'],
    ['refused'],
    ['null_response'],
    ['empty_body'],
    ['html'],
    ['truncated_json'],
    ['stalled_body'],
    ['doubled_body'],
    ['amount_null'],
    ['reset'],
    ['hang'],
    ['other_payment'],
    ['amount_as_string'],
    ['missing_field'],
  ])('%s', async (fault) => {
    const isEndless = fault === 'hang' || fault === 'stalled_body'
    const {
      order,
      pay,
      complete,
      webhook,
      fault: injectFault,
      store,
      control,
    } = createFixture(isEndless ? { attemptTimeoutMs: 20 } : {})
    const opened = order('ORD-1')
    const imp_uid = await pay('ORD-1')
    await pay('ORD-OTHER')
    await injectFault(fault)
    expect(await read(complete({ imp_uid, merchant_uid: 'ORD-1' }))).toEqual({
      status: 202,
      body: expectedBody('pending'),
    })
    expect(await read(webhook({ imp_uid, merchant_uid: 'ORD-1', status: 'paid' }))).toEqual({
      status: 503,
      body: { status: 'retry' },
    })
    expect(await store.find(opened.merchantUid)).toEqual({ ok: true, value: opened })
    expect(store.attempts).toEqual([])

    await control('/faults', { latency_ms: 0 })
  })
})

describe('POST /payments/complete is for the pages of the shop', () => {
  it('T39: refuses requests of another page', async () => {
    const { order, pay, complete, lookups } = createFixture()
    order('ORD-1')
    const imp_uid = await pay('ORD-1')
    const response = complete(
      { imp_uid, merchant_uid: 'ORD-1' },
      { origin: 'https://evil.example' },
    )
    expect(await read(response)).toEqual({
      status: 403,
      body: { status: 'invalid', error: 'origin_refused' },
    })
    expect(await lookups()).toBe(0)
  })

  it("allows the preflight of the shop's page and lets it read the response", async () => {
    const { app } = createFixture()
    const response = await app.request('/payments/complete', {
      method: 'OPTIONS',
      headers: {
        origin: shop,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(shop)
    expect(response.headers.get('access-control-allow-headers')).toMatch(/content-type/i)
  })

  it('T42, T44: no response is cached or framed, or sends a referrer', async () => {
    const { app, complete } = createFixture()
    const responses = [
      await complete({}),
      await app.request('/payments/redirect'),
      await app.request('/payments/webhook'),
      await app.request('/payments/complete', { method: 'DELETE' }),
    ]
    for (const { headers } of responses) {
      expect({
        cache: headers.get('cache-control'),
        csp: headers.get('content-security-policy'),
        opener: headers.get('cross-origin-opener-policy'),
        referrer: headers.get('referrer-policy'),
        sniff: headers.get('x-content-type-options'),
      }).toEqual({
        cache: 'no-store',
        csp: "default-src 'none'; frame-ancestors 'none'",
        opener: 'same-origin',
        referrer: 'no-referrer',
        sniff: 'nosniff',
      })
    }
    expect(responses.map(({ status }) => status)).toEqual([400, 303, 405, 405])
  })
})
