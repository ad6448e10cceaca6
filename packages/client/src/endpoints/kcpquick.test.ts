import { describe, expect, it } from 'vitest'
import {
  type ClientCall,
  createScriptedClient,
  json,
  noResponse,
  paid,
  recordCall,
  recordedCall,
} from '../../test/scripted-client.ts'
import { type Client, kcpquick } from '../index.ts'

const member = { member_id: 'M1', pg_provider: 'kcp_quick', inserted: 1, updated: 2 }
const { member_id } = member
const site = { site_code: 'S', partner_type: 'P', partner_subtype: 'Q' }
const money = {
  member_id,
  channel_key: 'channel-key-1',
  merchant_uid: 'ORD-1',
  name: '티셔츠',
  amount: 1000,
  imp_uid: 'imp_pin',
  notice_url: 'https://shop.example/webhook',
}
const autopay = {
  customer_uid: 'user-1',
  merchant_uid: 'ORD-1',
  name: '티셔츠',
  buyer_name: '홍길동',
  amount: 1000,
}
const prepared = {
  btid: 'B1',
  cust_ip: '192.0.2.1',
  code_verifier: 'verifier-canary',
  prepaid_auth_yn: 'Y',
  prepaid_amount: 1000,
  vender_type: 'VID2',
  reward_id: 'R',
} as const

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  [
    'removeMember',
    (client) => client.call(kcpquick.removeMember, { member_id, ...site }),
    'DELETE /kcpquick/members/M1?site_code=S&partner_type=P&partner_subtype=Q',
    null,
    member,
  ],
  [
    'money',
    (client) => client.call(kcpquick.money, money),
    'POST /kcpquick/payment/money',
    money,
    paid,
  ],
  [
    'autopay',
    (client) => client.call(kcpquick.autopay, autopay),
    'POST /kcpquick/payment/autopay',
    autopay,
    paid,
  ],
  [
    'removeAutopay',
    (client) => client.call(kcpquick.removeAutopay, { customer_uid: 'user/1' }),
    'DELETE /kcpquick/autopay/user%2F1',
    null,
    { customer_uid: 'user/1' },
  ],
  [
    'postPrepare',
    (client) => client.call(kcpquick.postPrepare, { merchant_uid: 'ORD-1', ...prepared }),
    'POST /kcpquick/prepare/ORD-1',
    prepared,
    null,
  ],
  [
    'putPrepare',
    (client) => client.call(kcpquick.putPrepare, { merchant_uid: 'ORD-1', ...prepared }),
    'PUT /kcpquick/prepare/ORD-1',
    prepared,
    { any: 'response' },
  ],
  [
    'releaseFido',
    (client) => client.call(kcpquick.releaseFido, { member_id, channel_key: 'channel-key-1' }),
    'POST /kcpquick/members/M1/fido/release',
    { channel_key: 'channel-key-1' },
    { member_id },
  ],
]

describe('kcpquick', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })

  it("includes KCP's own message in a refusal", async () => {
    const refusal = { code: -1, message: '해제 실패', error: { code: 'K1', message: '없는 회원' } }
    const { client, clock } = createScriptedClient([json(refusal)])
    const call = client.call(kcpquick.releaseFido, { member_id, channel_key: 'channel-key-1' })
    expect(await clock.until(call)).toEqual({
      ok: false,
      failure: {
        reason: 'refused',
        httpStatus: 200,
        code: -1,
        message: '해제 실패',
        pgError: '{"code":"K1","message":"없는 회원"}',
      },
    })
  })

  it('pays once when no response arrives, and names the lookup of the order, not of the PIN check', async () => {
    const { client, clock, calls } = createScriptedClient([noResponse])
    expect(await clock.until(client.call(kcpquick.money, money))).toEqual({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'payments.find', params: { merchant_uid: 'ORD-1' } },
        cause: { reason: 'timeout', timeoutMs: 4000 },
      },
    })
    expect(calls().length).toBe(1)
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const registration = { merchant_uid: 'A', ...prepared }
    const wrong = [
      // @ts-expect-error prepaid money needs a PIN check
      () => client.call(kcpquick.money, { ...money, imp_uid: undefined }),
      // @ts-expect-error Y or N
      () => client.call(kcpquick.postPrepare, { ...registration, prepaid_auth_yn: true }),
      // @ts-expect-error a member belongs to a site
      () => client.call(kcpquick.removeMember, { member_id }),
    ]
    expect(wrong.length).toBe(3)
  })
})
