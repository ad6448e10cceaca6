import { describe, expect, it } from 'vitest'
import {
  type ClientCall,
  createScriptedClient,
  json,
  recordCall,
  recordedCall,
  text,
} from '../../test/scripted-client.ts'
import { type Client, customers } from '../index.ts'

const key = {
  customer_uid: '구매자 1/가',
  pg_provider: 'nice',
  pg_id: 'nictest',
  card_name: '신한카드',
  inserted: 1_700_000_000,
  updated: 1_700_000_000,
}
const { customer_uid } = key
const path = '/subscribe/customers/%EA%B5%AC%EB%A7%A4%EC%9E%90%201%2F%EA%B0%80'
const holder = {
  pg: 'nice.MID-a',
  channel_group_id: 'group-1',
  customer_id: 'user-1',
  customer_name: '홍길동',
  customer_tel: '0100000000',
  customer_email: 'a@example.com',
  customer_addr: '서울',
  customer_postcode: '06018',
}
const card = {
  channel_key: 'channel-key-1',
  card_number: '4092-0230-1234-1234',
  expiry: '2030-03',
  birth: '500203',
  pwd_2digit: '19',
  cvc: '123',
}
const window = { page: 2, from: 1_700_000_000, to: 1_700_086_400 }

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  [
    'several',
    (client) => client.call(customers.several, { customer_uid: ['a', 'b/c'] }),
    'GET /subscribe/customers?customer_uid[]=a&customer_uid[]=b%2Fc',
    null,
    [key],
  ],
  ['get', (client) => client.call(customers.get, { customer_uid }), `GET ${path}`, null, key],
  [
    'post',
    (client) => client.call(customers.post, { customer_uid, ...card, ...holder }),
    `POST ${path}`,
    { ...card, ...holder },
    key,
  ],
  [
    'remove',
    (client) =>
      client.call(customers.remove, {
        customer_uid,
        reason: '해지',
        extra: { requester: 'customer' },
      }),
    `DELETE ${path}?reason=%ED%95%B4%EC%A7%80&extra[requester]=customer`,
    null,
    key,
  ],
  [
    'payments',
    (client) => client.call(customers.payments, { customer_uid, page: 2 }),
    `GET ${path}/payments?page=2`,
    null,
    { total: 0, previous: 1, next: 0, list: [] },
  ],
  [
    'schedules',
    (client) =>
      client.call(customers.schedules, {
        customer_uid,
        ...window,
        'schedule-status': 'revoked',
      }),
    `GET ${path}/schedules?page=2&from=1700000000&to=1700086400&schedule-status=revoked`,
    null,
    [],
  ],
]

describe('customers', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })

  it('issues a billing key at most once, and names the call that reads the outcome', async () => {
    const { client, clock, calls } = createScriptedClient([text('', 502)])
    const call = client.call(customers.post, { customer_uid, ...card })
    expect(await clock.until(call)).toEqual({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'customers.get', params: { customer_uid } },
        cause: {
          reason: 'server_error',
          httpStatus: 502,
          code: null,
          message: null,
          retryAfterMs: null,
          excerpt: null,
        },
      },
    })
    expect(calls().length).toBe(1)
  })

  it('redacts the card when the provider repeats it in a refusal', async () => {
    const message = '카드정보 인증 및 빌키 발급에 실패하였습니다. [4092023012341234 / 2030-03 / 19]'
    const { client, clock } = createScriptedClient([json({ code: -1, message, response: null })])
    const call = client.call(customers.post, { customer_uid, ...card })
    expect(await clock.until(call)).toEqual({
      ok: false,
      failure: {
        reason: 'refused',
        httpStatus: 200,
        code: -1,
        message:
          '카드정보 인증 및 빌키 발급에 실패하였습니다. [[redacted] / [redacted] / [redacted]]',
      },
    })
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const period = { customer_uid, ...window }
    const wrong = [
      // @ts-expect-error a billing key needs a channel
      () => client.call(customers.post, { customer_uid, card_number: '1', expiry: '2030-03' }),
      // @ts-expect-error the provider spells it with a hyphen
      () => client.call(customers.schedules, { ...period, schedule_status: 'revoked' }),
      // @ts-expect-error a list of schedules needs an end
      () => client.call(customers.schedules, { customer_uid, from: 1 }),
      // @ts-expect-error several keys need a list
      () => client.call(customers.several, { customer_uid: 'a' }),
    ]
    expect(wrong.length).toBe(4)
  })
})
