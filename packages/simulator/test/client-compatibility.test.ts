import { describe, expect, it } from 'vitest'
import { createMerchant, fieldOf, toRecord } from './merchant.ts'

const form = 'application/x-www-form-urlencoded'
const keys = 'imp_key=simulator-key&imp_secret=simulator-secret'

describe('an existing client', () => {
  for (const [name, contentType, body] of [
    ['a form', form, keys],
    ['a form with a charset in capitals', `${form}; charset=UTF-8`, keys],
    ['JSON', 'application/json', '{"imp_key":"simulator-key","imp_secret":"simulator-secret"}'],
    [
      'JSON labelled in any case',
      'Application/JSON; Charset=UTF-8',
      '{"imp_key":"simulator-key","imp_secret":"simulator-secret"}',
    ],
    ['a form labelled JSON', 'application/json', keys],
  ] as const) {
    it(`sends ${name} for a token`, async () => {
      const { call } = createMerchant()
      const response = await call('/users/getToken', {
        method: 'POST',
        headers: { 'content-type': contentType },
        body,
      })
      expect(response.status).toBe(200)
    })
  }

  for (const contentType of ['application/json; charset=utf-8', form]) {
    it(`reads a payment by a GET with the content type ${contentType}`, async () => {
      const { authorized, seedPayment } = createMerchant()
      await seedPayment({ imp_uid: 'imp_1' })
      const headers = { 'content-type': contentType }
      const response = await authorized('/payments/imp_1', { headers })
      expect(fieldOf(response, 'imp_uid')).toBe('imp_1')
    })
  }

  for (const [name, headersFor] of [
    ['raw', (token: string) => ({ authorization: token })],
    ['as Bearer', (token: string) => ({ authorization: `Bearer ${token}` })],
    ['in X-ImpTokenHeader', (token: string) => ({ 'X-ImpTokenHeader': token })],
    [
      'in Authorization beside a wrong legacy header',
      (token: string) => ({ authorization: token, 'X-ImpTokenHeader': 'wrong' }),
    ],
  ] as const) {
    it(`sends the token ${name}`, async () => {
      const { call, login, seedPayment } = createMerchant()
      await seedPayment({ imp_uid: 'imp_1' })
      const response = await call('/payments/imp_1', { headers: headersFor(await login()) })
      expect(response.status).toBe(200)
    })
  }

  it('sends the token in the query, which counts without a header only', async () => {
    const { call, login, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const path = `/payments/imp_1?_token=${await login()}`
    const wrong = { headers: { authorization: 'wrong' } }
    expect([(await call(path)).status, (await call(path, wrong)).status]).toEqual([200, 401])
  })

  it('is refused with a wrong Authorization although the legacy header is right', async () => {
    const { call, login, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const headers = { authorization: 'wrong', 'X-ImpTokenHeader': await login() }
    expect((await call('/payments/imp_1', { headers })).status).toBe(401)
  })

  for (const path of [
    '/payments/imp_1/',
    '/payments/?imp_uid[]=imp_1',
    '/payments/find/order-1/',
    '/payments/findAll/order-1/',
    '/payments/status/paid/',
  ]) {
    it(`calls ${path}`, async () => {
      const { get, seedPayment } = createMerchant()
      await seedPayment({ imp_uid: 'imp_1' })
      expect((await get(path)).status).toBe(200)
    })
  }

  it('cancels at /payments/cancel/', async () => {
    const { send, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const response = await send('POST', '/payments/cancel/', { imp_uid: 'imp_1' })
    expect(fieldOf(response, 'cancel_amount')).toBe(1000)
  })

  for (const query of [
    'imp_uid[]=imp_1&imp_uid[]=imp_2',
    'imp_uid%5B%5D=imp_1&imp_uid%5B%5D=imp_2',
    'imp_uid[0]=imp_1&imp_uid[1]=imp_2',
  ]) {
    it(`reads the payments of ${query}`, async () => {
      const { get, seedPayment } = createMerchant()
      await seedPayment({ imp_uid: 'imp_1' })
      await seedPayment({ imp_uid: 'imp_2', merchant_uid: 'order-2' })
      const { status, body } = await get(`/payments?${query}`)
      const found = Array.isArray(body['response']) ? body['response'] : []
      expect([status, found.map((each) => toRecord(each)['imp_uid'])]).toEqual([
        200,
        ['imp_1', 'imp_2'],
      ])
    })
  }

  for (const [language, body] of [
    [
      'PHP',
      'schedules[0][merchant_uid]=month-1&schedules[0][schedule_at]=1775000000&schedules[0][amount]=100' +
        '&schedules[1][merchant_uid]=month-2&schedules[1][schedule_at]=1775000000&schedules[1][amount]=200',
    ],
    [
      'Ruby',
      'schedules[][merchant_uid]=month-1&schedules[][schedule_at]=1775000000&schedules[][amount]=100' +
        '&schedules[][merchant_uid]=month-2&schedules[][schedule_at]=1775000000&schedules[][amount]=200',
    ],
  ] as const) {
    it(`sends a list of schedules in a form as ${language} writes it`, async () => {
      const { authorized, control } = createMerchant()
      await control('/billing-keys', { customer_uid: 'gildong' })
      const response = await authorized('/subscribe/payments/schedule', {
        method: 'POST',
        headers: { 'content-type': form },
        body: `customer_uid=gildong&${body}`,
      })
      const planned = Array.isArray(response.body['response']) ? response.body['response'] : []
      expect(
        planned.map(toRecord).map(({ merchant_uid, amount }) => [merchant_uid, amount]),
      ).toEqual([
        ['month-1', 100],
        ['month-2', 200],
      ])
    })
  }

  it('sends a multipart form, as PHP sends an array of fields', async () => {
    const { authorized } = createMerchant()
    const body = new FormData()
    body.append('merchant_uid', '주문-1')
    body.append('amount', '1000')
    const response = await authorized('/payments/prepare', { method: 'POST', body })
    expect(response.body).toEqual({
      code: 0,
      message: null,
      response: { merchant_uid: '주문-1', amount: 1000, currency: null },
    })
  })

  it('sends a truncated multipart form, which has no parameters', async () => {
    const { authorized } = createMerchant()
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const response = await authorized('/payments/prepare', { method: 'POST', headers, body: '--x' })
    expect(response.body).toEqual({
      code: 1,
      message: 'merchant_uid 파라메터가 누락되었습니다.',
      response: null,
    })
  })

  for (const path of [
    '/payments/find/order-1/paid',
    '/payments/find/order-1/',
    '/payments/find/order-1//',
    '/payments/find/order-1',
  ]) {
    it(`finds the payment at ${path}`, async () => {
      const { get, seedPayment } = createMerchant()
      await seedPayment({ imp_uid: 'imp_1' })
      expect(fieldOf(await get(path), 'imp_uid')).toBe('imp_1')
    })
  }

  it('sends null for absent, and unknown members', async () => {
    const { send, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const response = await send('POST', '/payments/cancel', {
      imp_uid: 'imp_1',
      merchant_uid: null,
      amount: null,
      tax_free: null,
      checksum: null,
      reason: null,
      refund_holder: null,
      something_else: { deep: true },
    })
    expect(fieldOf(response, 'cancel_amount')).toBe(1000)
  })

  for (const [amount, currency, cancelled] of [
    ['300', 'KRW', 300],
    [300, 'KRW', 300],
    ['300.00', 'KRW', 300],
    [4.2, 'USD', 4.2],
    ['4.20', 'USD', 4.2],
  ] as const) {
    it(`cancels ${JSON.stringify(amount)} ${currency}`, async () => {
      const { send, seedPayment } = createMerchant()
      await seedPayment({ imp_uid: 'imp_1', currency })
      const response = await send('POST', '/payments/cancel', { imp_uid: 'imp_1', amount })
      expect(fieldOf(response, 'cancel_amount')).toBe(cancelled)
    })
  }

  it('sends a space before a form key', async () => {
    const { call } = createMerchant()
    const response = await call('/users/getToken', {
      method: 'POST',
      headers: { 'content-type': form },
      body: 'imp_key=simulator-key& imp_secret=simulator-secret',
    })
    expect(response.status).toBe(200)
  })

  for (const [id, path] of [
    ['1234/가나다라/1234', '1234/가나다라/1234'],
    ['1234/가나다라/1234', '1234%2F%EA%B0%80%EB%82%98%EB%8B%A4%EB%9D%BC%2F1234'],
    ['1234?가나다라#1234', encodeURIComponent('1234?가나다라#1234')],
    ['abcd:가나다라', 'abcd:가나다라'],
    ['a b', 'a+b'],
    ['a b', 'a%20b'],
    ['a+b', 'a+b'],
    ['a%b', 'a%25b'],
    ['order/paid', 'order/paid'],
    // What a server sees when a client writes raw UTF-8 into the request line.
    ['가나', Buffer.from('가나').toString('latin1')],
  ] as const) {
    for (const suffix of ['', '/paid']) {
      it(`finds the order ${id} at ${path}${suffix}`, async () => {
        const { get, seedPayment } = createMerchant()
        await seedPayment({ merchant_uid: id })
        expect(fieldOf(await get(`/payments/find/${path}${suffix}`), 'merchant_uid')).toBe(id)
      })
    }
  }

  it('sends a DELETE of length zero with a bracketed query', async () => {
    const { authorized, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1', status: 'ready', pay_method: 'vbank' })
    const response = await authorized('/vbanks/imp_1?extra[requester]=customer', {
      method: 'DELETE',
      headers: { 'content-length': '0', 'content-type': 'application/json' },
    })
    expect(fieldOf(response, 'status')).toBe('failed')
  })

  it('receives 200 for a POST that registers an amount', async () => {
    const { send } = createMerchant()
    const response = await send('POST', '/payments/prepare', {
      merchant_uid: 'order-1',
      amount: 10,
    })
    expect(response.status).toBe(200)
  })

  for (const path of ['/payments/imp_none', '/payments/status/odd', '/nowhere']) {
    it(`receives the envelope in the refusal of ${path}`, async () => {
      const { get } = createMerchant()
      expect((await get(path)).body).toEqual({
        code: 1,
        message: expect.any(String),
        response: null,
      })
    })
  }

  for (const imp_uid of ['imp_test', 'imps_448280090638']) {
    it(`uses the id ${imp_uid}`, async () => {
      const { get, seedPayment } = createMerchant()
      await seedPayment({ imp_uid })
      expect(fieldOf(await get(`/payments/${imp_uid}`), 'imp_uid')).toBe(imp_uid)
    })
  }

  it('calls the account-holder lookup', async () => {
    const { get } = createMerchant()
    expect(await get('/vbanks/holder?bank_code=004&bank_num=1234567890')).toEqual({
      status: 200,
      body: { code: 0, message: null, response: { bank_holder: '홍길동' } },
    })
  })

  it('T31: sends a form key that names a prototype, which is read as plain data', async () => {
    const { authorized, seedPayment } = createMerchant()
    await seedPayment({ imp_uid: 'imp_1' })
    const response = await authorized('/payments/cancel', {
      method: 'POST',
      headers: { 'content-type': form },
      body: '__proto__[imp_uid]=imp_1&__proto__=x&constructor[prototype]=y&imp_uid=imp_1',
    })
    expect(fieldOf(response, 'imp_uid')).toBe('imp_1')
    expect(Reflect.get({}, 'imp_uid')).toBeUndefined()
  })
})
