import {
  type CallResult,
  type Client,
  createClient,
  type Endpoint,
  payments,
  prepare,
  writeHandling,
} from '@quayside/client'
import { describe, expect, it } from 'vitest'
import { longTimeouts } from '../../packages/client/test/manual-clock.ts'
import rest from '../../packages/core/fixtures/rest.json' with { type: 'json' }
import { vectors } from '../../packages/core/fixtures/vectors.ts'

const uid = 'imp_347242536261'
const productOrders: Endpoint<{ readonly imp_uid: string }, unknown> = {
  method: 'GET',
  path: '/payments/{imp_uid}/naver/product-orders',
  retry: 'read',
}
const schedules: Endpoint<{ readonly customer_uid: string }, unknown> = {
  method: 'GET',
  path: '/subscribe/customers/{customer_uid}/schedules',
  retry: 'read',
}
const again: Endpoint<{ readonly customer_uid: string }, unknown> = {
  method: 'POST',
  path: '/subscribe/payments/again',
  retry: 'never',
  body: ['customer_uid'],
  writeHandling,
}

const calls: Readonly<Record<string, (client: Client) => Promise<CallResult<unknown>>>> = {
  'authenticate.getToken': (client) => client.call(payments.get, { imp_uid: uid }),
  'naver.productOrders': (client) => client.call(productOrders, { imp_uid: uid }),
  'payments.get': (client) => client.call(payments.get, { imp_uid: uid }),
  'payments.several': (client) => client.call(payments.several, { imp_uid: [uid, 'imp_2'] }),
  'payments.findAll': (client) => client.call(payments.findAll, { merchant_uid: '57008833-33004' }),
  'payments.byStatus': (client) => client.call(payments.byStatus, { payment_status: 'paid' }),
  'payments.cancelAll': (client) =>
    client.call(payments.cancelAll, { imp_uid: uid, checksum: 1004 }),
  'prepare.get': (client) => client.call(prepare.get, { merchant_uid: 'ORD-1' }),
  'subscribe.again': (client) => client.call(again, { customer_uid: 'c1' }),
  'subscribe.schedules': (client) => client.call(schedules, { customer_uid: 'c1' }),
}

const granted = {
  code: 0,
  message: null,
  response: { access_token: 'granted', now: 0, expired_at: 1800 },
}
const found = { code: 0, message: null, response: { imp_uid: uid } }

function respond(status: number, body: unknown): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Response(text, { status })
}

/** A provider that responds to one call as the vector defines, and to every other call successfully. */
function provider({ call, input }: (typeof rest)[number]) {
  const authorizations: (string | null)[] = []
  const isAboutToken = call === 'authenticate.getToken'
  const fetch = async (request: Request): Promise<Response> => {
    const isTokenRequest = request.url.endsWith('/users/getToken')
    if (!isTokenRequest) authorizations.push(request.headers.get('authorization'))
    if (isTokenRequest === isAboutToken) return respond(input.http_status, input.body)
    return respond(200, isTokenRequest ? granted : found)
  }
  return { authorizations, fetch }
}

async function read(vector: (typeof rest)[number]) {
  const { authorizations, fetch } = provider(vector)
  const keys = { key: 'the-key', secret: 'the-secret' }
  const client = createClient({ ...keys, ...longTimeouts, fetch, random: () => 0 })
  const call = calls[vector.call]
  if (call === undefined) throw new TypeError(`Cannot read vector: ${vector.call} is unknown`)
  return { result: await call(client), authorizations }
}

describe('the wire vectors', () => {
  it('are 96, with distinct names', () => {
    const names = [...vectors, ...rest].map(({ name }) => name)
    expect([names.length, new Set(names).size]).toEqual([96, 96])
  })

  it.each(vectors)('$name: $expected', (vector) => {
    expect(vector.read()).toEqual(vector.reading)
  })

  it.each(rest)('$name: $expected', async (vector) => {
    const { result } = await read(vector)
    expect(result).toEqual(vector.reading)
  })

  it('rest-token-new: the token is sent with the call it was requested for', async () => {
    const vector = rest.find(({ name }) => name === 'rest-token-new')
    if (vector === undefined) throw new TypeError('Cannot find vector')
    const { authorizations } = await read(vector)
    expect(authorizations).toEqual(['b1b2c3d4e5f60718293a4b5c6d7e8f9001122334'])
  })
})
