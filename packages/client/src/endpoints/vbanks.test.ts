import { describe, expect, it } from 'vitest'
import {
  type ClientCall,
  createScriptedClient,
  noResponse,
  paid,
  recordCall,
  recordedCall,
} from '../../test/scripted-client.ts'
import { type Client, vbanks } from '../index.ts'

const ready = { ...paid, status: 'ready' }
const { imp_uid } = ready
const account = {
  channel_key: 'channel-key-1',
  merchant_uid: 'ORD-1',
  amount: 1000,
  vbank_code: '03',
  vbank_due: 1_800_000_000,
  vbank_holder: '상점',
  vbank_num: '0123',
  vbank_key: 'key',
  fixed_unlimited_vbank: false,
  product_type: 'real',
  product_count: 1,
  name: '티셔츠',
  buyer_name: '홍길동',
  buyer_email: 'a@example.com',
  buyer_tel: '0100000000',
  buyer_addr: '서울',
  buyer_postcode: '06018',
  business_registration_number: '1234567890',
  escrow_password: 'escrow-canary',
  tax_free: 0,
  vat_amount: 91,
  notice_url: ['https://shop.example/webhook'],
  custom_data: 'x',
} as const

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  [
    'post',
    (client) => client.call(vbanks.post, { ...account, pg_api_key: 'inicis/key' }),
    'POST /vbanks?pg_api_key=inicis%2Fkey',
    account,
    ready,
  ],
  [
    'put',
    (client) => client.call(vbanks.put, { imp_uid, amount: 900, vbank_due: 1_800_000_000 }),
    `PUT /vbanks/${imp_uid}`,
    { amount: 900, vbank_due: 1_800_000_000 },
    ready,
  ],
  [
    'remove',
    (client) => client.call(vbanks.remove, { imp_uid, pg_api_key: 'k' }),
    `DELETE /vbanks/${imp_uid}?pg_api_key=k`,
    null,
    ready,
  ],
  [
    'holder',
    (client) => client.call(vbanks.holder, { bank_code: '004', bank_num: '123456' }),
    'GET /vbanks/holder?bank_code=004&bank_num=123456',
    null,
    { bank_holder: '홍길동' },
  ],
]

describe('vbanks', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })

  it('issues an account at most once, and names the call that reads the outcome', async () => {
    const { client, clock, calls } = createScriptedClient([noResponse])
    expect(await clock.until(client.call(vbanks.post, account))).toEqual({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'payments.find', params: { merchant_uid: 'ORD-1' } },
        cause: { reason: 'timeout', timeoutMs: 4000 },
      },
    })
    expect(calls().length).toBe(1)
  })

  it("redacts the PG's key, which is sent in the URL", async () => {
    const { client, clock } = createScriptedClient([
      (request) => Promise.reject(new TypeError(`cannot reach ${request.url}`)),
    ])
    const call = client.call(vbanks.remove, { imp_uid, pg_api_key: 'canary/key' })
    expect(await clock.until(call)).toEqual({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'payments.get', params: { imp_uid } },
        cause: {
          reason: 'unreachable',
          cause: {
            name: 'TypeError',
            message: `cannot reach https://api.iamport.kr/vbanks/${imp_uid}?pg_api_key=[redacted]`,
            code: null,
            cause: null,
          },
        },
      },
    })
  })

  it('refuses a change without a value', async () => {
    const { client, sent } = createScriptedClient([])
    expect(await client.call(vbanks.put, { imp_uid })).toEqual({
      ok: false,
      failure: {
        reason: 'invalid_argument',
        parameter: 'amount or vbank_due',
        problem: 'missing',
      },
    })
    expect(sent).toEqual([])
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const wrong = [
      // @ts-expect-error webhook URLs need a list here
      () => client.call(vbanks.post, { ...account, notice_url: 'https://shop.example' }),
      // @ts-expect-error the deadline is in UNIX seconds
      () => client.call(vbanks.post, { ...account, vbank_due: '20301231' }),
      // @ts-expect-error the holder is read by bank and number
      () => client.call(vbanks.holder, { bank_num: '1' }),
    ]
    expect(wrong.length).toBe(3)
  })
})
