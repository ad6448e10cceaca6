import { type OutgoingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** A request as it is sent, and what of the response counts. */
interface Sent {
  readonly method: string
  readonly path: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string
}

/** What the requests are about: a paid order, and where the routes are. */
export interface Paid {
  readonly impUid: string
  readonly merchantUid: string
}

/** A status, and the place to which the response leads or what it says. */
export interface Outcome {
  readonly status: number
  readonly text: string
}

interface Exchange {
  readonly name: string
  readonly toRequest: (paid: Paid) => Sent
  readonly expected: Outcome
  /** Whether something in front of the routes has read the body. */
  readonly isParsed?: boolean
}

const page = (name: string) => `https://shop.example/result/${name}`
const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const idsOf = ({ impUid, merchantUid }: Paid) => ({ imp_uid: impUid, merchant_uid: merchantUid })
const asJson = (paid: Paid, more: object = {}) => JSON.stringify({ ...idsOf(paid), ...more })
const asForm = (paid: Paid, more: Record<string, string> = {}) =>
  new URLSearchParams({ ...idsOf(paid), ...more }).toString()

const inTest = ',"mode":"test"}'
const success: Outcome = {
  status: 200,
  text: `{"status":"success","message":"The payment is complete."${inTest}`,
}
const received: Outcome = { status: 200, text: '{"status":"received"}' }
const toSuccess: Outcome = { status: 303, text: page('success') }
const consumed = {
  text: '{"status":"invalid","error":"body_consumed","message":"The request body was already consumed: put body parsers behind the completion routes."}',
}
const invalid = (status: number, error: string): Outcome => ({
  status,
  text: `{"status":"invalid","error":"${error}","message":"The request is not valid."}`,
})

/** What becomes of a body that something in front of the routes has read. */
export const eaten: Readonly<Record<'restored' | 'named', Outcome>> = {
  restored: success,
  named: { status: 400, ...consumed },
}

const post = (path: string, headers: OutgoingHttpHeaders, body: string): Sent => ({
  method: 'POST',
  path,
  headers,
  body,
})

/** The fifteen requests; each is about a paid order of its own. */
export const exchanges: readonly Exchange[] = [
  {
    name: 'JSON of a page',
    toRequest: (paid) => post('/payments/complete', json, asJson(paid, { success: true })),
    expected: success,
  },
  {
    name: 'form of a page',
    toRequest: (paid) => post('/payments/complete', form, asForm(paid)),
    expected: success,
  },
  {
    name: 'form labelled JSON',
    toRequest: (paid) => post('/payments/complete', json, asForm(paid)),
    expected: success,
  },
  {
    name: 'redirect, GET',
    toRequest: (paid) => ({
      method: 'GET',
      path: `/payments/redirect?${asForm(paid, { imp_success: 'true' })}`,
    }),
    expected: toSuccess,
  },
  {
    name: 'redirect, form of a PG',
    toRequest: (paid) =>
      post('/payments/redirect', { ...form, origin: 'https://pg.example' }, asForm(paid)),
    expected: toSuccess,
  },
  {
    name: 'return to the callback route',
    toRequest: (paid) =>
      post('/payments/complete', { ...form, 'sec-fetch-mode': 'navigate' }, asForm(paid)),
    expected: toSuccess,
  },
  {
    name: 'webhook, JSON',
    toRequest: (paid) => post('/payments/webhook', json, asJson(paid, { status: 'paid' })),
    expected: received,
  },
  {
    name: 'webhook, form',
    toRequest: (paid) => post('/payments/webhook', form, asForm(paid, { status: 'paid' })),
    expected: received,
  },
  {
    name: 'confirm',
    toRequest: ({ merchantUid }) =>
      post(
        '/payments/confirm',
        json,
        JSON.stringify({ imp_uid: 'imp_900000000001', merchant_uid: merchantUid, amount: 1000 }),
      ),
    expected: { status: 200, text: '{"status":"approved"}' },
  },
  {
    name: 'CORS preflight',
    toRequest: () => ({
      method: 'OPTIONS',
      path: '/payments/complete',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    }),
    expected: { status: 204, text: '' },
  },
  {
    name: 'script of a foreign page',
    toRequest: (paid) =>
      post('/payments/complete', { ...json, origin: 'https://other.example' }, asJson(paid)),
    expected: { status: 403, text: '{"status":"invalid","error":"origin_refused"}' },
  },
  {
    name: 'final slash',
    toRequest: (paid) => post('/payments/complete/', json, asJson(paid)),
    expected: success,
  },
  {
    name: 'below a path',
    toRequest: (paid) => ({ method: 'GET', path: `/api/payments/redirect?${asForm(paid)}` }),
    expected: toSuccess,
  },
  {
    name: 'behind a body parser',
    toRequest: (paid) => post('/api/payments/complete', json, asJson(paid)),
    expected: success,
    isParsed: true,
  },
  {
    name: 'body of 70 KB',
    toRequest: (paid) =>
      post('/payments/complete', json, asJson(paid, { custom_data: 'x'.repeat(70_000) })),
    expected: invalid(413, 'body_too_large'),
  },
]

/** Requests of strangers, refused before anything is looked up. */
export const hostile: readonly Exchange[] = [
  {
    name: 'another media type',
    toRequest: (paid) => post('/payments/complete', { 'content-type': 'text/xml' }, asJson(paid)),
    expected: invalid(415, 'media_type_unsupported'),
  },
  {
    name: 'broken JSON',
    toRequest: () => post('/payments/complete', json, '{"imp_uid":'),
    expected: invalid(400, 'body_malformed'),
  },
  {
    name: 'an id with a path in it',
    toRequest: () =>
      post('/payments/complete', json, '{"imp_uid":"imp_1/../cancel","merchant_uid":"ORDER-1"}'),
    expected: invalid(400, 'id_malformed'),
  },
  {
    name: 'an id that is given twice',
    toRequest: (paid) => post('/payments/complete', form, `${asForm(paid)}&imp_uid=imp_2`),
    expected: invalid(400, 'field_duplicated'),
  },
  {
    name: 'bytes that are not UTF-8',
    toRequest: () => ({
      ...post('/payments/complete', json, ''),
      body: Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'),
      headers: { ...json, 'x-bytes': 'latin1' },
    }),
    expected: invalid(400, 'body_not_utf8'),
  },
  {
    name: 'the payment of another order',
    toRequest: ({ impUid }) =>
      post(
        '/payments/complete',
        json,
        JSON.stringify({ imp_uid: impUid, merchant_uid: 'ORDER-1' }),
      ),
    expected: {
      status: 409,
      text: `{"status":"forgery","message":"This could not be confirmed as a payment of this order. If you have paid, please do not pay again and contact the shop."${inTest}`,
    },
  },
  {
    name: 'another method',
    toRequest: () => ({ method: 'GET', path: '/payments/webhook' }),
    expected: { status: 405, text: '' },
  },
  {
    name: 'a return that names two orders',
    toRequest: (paid) => ({
      method: 'GET',
      path: `/payments/redirect?${asForm(paid)}&merchant_uid=ORDER-2`,
    }),
    expected: { status: 303, text: page('pending') },
  },
]

/** Sends a request as it is: `fetch` would set headers of its own. */
export async function send(
  port: number,
  { method, path, headers, body = '' }: Sent,
): Promise<Outcome> {
  const { 'x-bytes': bytes, ...rest } = headers ?? {}
  const content = Buffer.from(body, bytes === 'latin1' ? 'latin1' : 'utf8')
  const length = method === 'POST' ? { 'content-length': content.byteLength } : {}
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, agent: false, headers: { ...rest, ...length } },
      (response) => {
        const { location } = response.headers
        text(response).then(
          (read) => resolve({ status: response.statusCode ?? 0, text: location ?? read }),
          reject,
        )
      },
    )
    sent.on('error', reject)
    sent.end(content)
  })
}
