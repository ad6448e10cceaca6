import { describe, expect, it } from 'vitest'
import {
  type ClientCall,
  createScriptedClient,
  noResponse,
  paid,
  recordCall,
  recordedCall,
} from '../../test/scripted-client.ts'
import { type Client, subscribe } from '../index.ts'

const plan = { customer_uid: 'user-1', merchant_uid: 'ORD/2', schedule_status: 'scheduled' }
const { merchant_uid } = plan
const terms = {
  merchant_uid: paid.merchant_uid,
  amount: 1000.5,
  currency: 'USD',
  tax_free: 0,
  vat_amount: 91,
  card_quota: 3,
  interest_free_by_merchant: true,
  use_card_point: false,
  custom_data: '{"a":1}',
  notice_url: 'https://shop.example/webhook',
  browser_ip: '192.0.2.1',
  product_type: 'digital',
  promotion_id: 'promotion-id-1',
  bypass: '{}',
  customer_uid: 'user-1',
  name: '구독',
  buyer_name: '홍길동',
  buyer_email: 'a@example.com',
  buyer_tel: '0100000000',
  buyer_addr: '서울',
  buyer_postcode: '06018',
} as const
const card = {
  card_number: '4092-0230-1234-1234',
  expiry: '2030-03',
  birth: '500203',
  pwd_2digit: '19',
  cvc: '123',
}
const onetime = {
  ...terms,
  ...card,
  pg: 'nice',
  channelGroupId: 'group-1',
  secure_3d_charge_id: 'charge',
  secure_3d_token: 'token-3d',
}
const again = {
  ...terms,
  channel_key: 'channel-key-1',
  product_count: 2,
  cash_receipt_type: 'anonymous',
  extra: { naverUseCfm: '20301231' },
} as const
const schedule = {
  customer_uid: 'user-1',
  ...card,
  customer_id: 'user',
  channel_key: 'channel-key-1',
  checking_amount: 0,
  schedules: [
    {
      merchant_uid: 'ORD-3',
      schedule_at: 1_800_000_000,
      currency: 'KRW',
      amount: 9900,
      name: '구독 2회',
      extra: { naverUseCfm: '20301231' },
    },
  ],
}
const from = { schedule_from: 1_700_000_000, schedule_to: 1_700_086_400 }

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  [
    'onetime',
    (client) => client.call(subscribe.onetime, onetime),
    'POST /subscribe/payments/onetime',
    onetime,
    { ...paid, status: 'failed' },
  ],
  [
    'again',
    (client) => client.call(subscribe.again, again),
    'POST /subscribe/payments/again',
    again,
    paid,
  ],
  [
    'schedules',
    (client) =>
      client.call(subscribe.schedules, {
        ...from,
        schedule_status: 'executed',
        page: 1,
        limit: 100,
        sorting: 'scheduled',
      }),
    'GET /subscribe/payments/schedule?schedule_from=1700000000&schedule_to=1700086400&schedule_status=executed&page=1&limit=100&sorting=scheduled',
    null,
    [plan],
  ],
  [
    'schedule',
    (client) => client.call(subscribe.schedule, schedule),
    'POST /subscribe/payments/schedule',
    schedule,
    [plan],
  ],
  [
    'unschedule',
    (client) => client.call(subscribe.unschedule, { merchant_uid: ['ORD-3', 'ORD-4'] }),
    'POST /subscribe/payments/unschedule',
    { merchant_uid: ['ORD-3', 'ORD-4'] },
    [plan],
  ],
  [
    'unscheduleAll',
    (client) => client.call(subscribe.unscheduleAll, { customer_uid: 'user-1' }),
    'POST /subscribe/payments/unschedule',
    { customer_uid: 'user-1' },
    [plan],
  ],
  [
    'scheduled',
    (client) => client.call(subscribe.scheduled, { merchant_uid }),
    'GET /subscribe/payments/schedule/ORD%2F2',
    null,
    plan,
  ],
  [
    'move',
    (client) => client.call(subscribe.move, { merchant_uid, schedule_at: 1_800_000_000 }),
    'PUT /subscribe/payments/schedule/ORD%2F2',
    { schedule_at: 1_800_000_000 },
    plan,
  ],
  [
    'reschedule',
    (client) => client.call(subscribe.reschedule, { merchant_uid, schedule_at: 1_800_000_000 }),
    'POST /subscribe/payments/schedule/ORD%2F2/reschedule',
    { schedule_at: 1_800_000_000 },
    plan,
  ],
  [
    'retry',
    (client) => client.call(subscribe.retry, { merchant_uid }),
    'POST /subscribe/payments/schedule/ORD%2F2/retry',
    null,
    paid,
  ],
  [
    'schedulesOfCustomer',
    (client) =>
      client.call(subscribe.schedulesOfCustomer, {
        customer_uid: 'user-1',
        from: 1,
        to: 2,
        page: 3,
        'schedule-status': 'scheduled',
      }),
    'GET /subscribe/payments/schedule/customers/user-1?page=3&from=1&to=2&schedule-status=scheduled',
    null,
    { total: 41, previous: 2, next: 0, list: [plan] },
  ],
]

const charges: readonly (readonly [string, ClientCall, string, object])[] = [
  [
    'onetime',
    (client) => client.call(subscribe.onetime, onetime),
    'payments.find',
    { merchant_uid: paid.merchant_uid },
  ],
  [
    'again',
    (client) => client.call(subscribe.again, again),
    'payments.find',
    { merchant_uid: paid.merchant_uid },
  ],
  [
    'retry',
    (client) => client.call(subscribe.retry, { merchant_uid }),
    'subscribe.scheduled',
    { merchant_uid },
  ],
  [
    'schedule',
    (client) => client.call(subscribe.schedule, schedule),
    'customers.schedules',
    { customer_uid: 'user-1' },
  ],
  [
    'unschedule',
    (client) => client.call(subscribe.unschedule, { merchant_uid: ['ORD-3', 'ORD-4'] }),
    'subscribe.scheduled',
    { merchant_uid: 'ORD-3' },
  ],
]

describe('subscribe', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })

  it.each(charges)(
    'sends %s once when no response arrives, and names the call that reads the outcome',
    async (_, call, lookup, params) => {
      const { client, clock, calls } = createScriptedClient([noResponse])
      expect(await clock.until(call(client))).toEqual({
        ok: false,
        failure: {
          reason: 'outcome_unknown',
          lookup: { call: lookup, params },
          cause: { reason: 'timeout', timeoutMs: 4000 },
        },
      })
      expect(calls().length).toBe(1)
    },
  )

  it('refuses a charge of 0, and a cancel of no scheduled charge', async () => {
    const { client, sent } = createScriptedClient([])
    expect(await client.call(subscribe.again, { ...again, amount: 0 })).toEqual({
      ok: false,
      failure: { reason: 'invalid_argument', parameter: 'amount', problem: 'not_positive' },
    })
    expect(await client.call(subscribe.unschedule, { merchant_uid: [] })).toEqual({
      ok: false,
      failure: { reason: 'invalid_argument', parameter: 'merchant_uid', problem: 'malformed' },
    })
    expect(sent).toEqual([])
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const wrong = [
      // @ts-expect-error amounts are numbers
      () => client.call(subscribe.again, { ...again, amount: '1000' }),
      // @ts-expect-error a charge to a billing key has no card
      () => client.call(subscribe.again, { ...again, card_number: '1' }),
      // @ts-expect-error a charge to a card needs a card
      () => client.call(subscribe.onetime, { merchant_uid: 'A', amount: 1 }),
      // @ts-expect-error a cancel of scheduled charges needs their orders
      () => client.call(subscribe.unschedule, { customer_uid: 'user-1' }),
      // @ts-expect-error a cancel of all scheduled charges has no orders
      () => client.call(subscribe.unscheduleAll, { customer_uid: 'user-1', merchant_uid: ['A'] }),
      // @ts-expect-error the provider spells it with an underscore
      () => client.call(subscribe.schedules, { ...from, 'schedule-status': 'revoked' }),
    ]
    expect(wrong.length).toBe(6)
  })
})
