import { describe, expect, it } from 'vitest'
import { createScriptedClient, envelope, json, paid } from '../../test/scripted-client.ts'
import { type CallResult, type Client, payments } from '../index.ts'

type ClientCall = (client: Client) => Promise<CallResult<unknown>>

async function requestsOf(call: ClientCall) {
  const { client, clock, calls } = createScriptedClient([envelope(paid)])
  await clock.until(call(client))
  return calls().map(({ method, path, body }) => ({ method, path, body }))
}

const cases: readonly (readonly [string, ClientCall, string, string, unknown])[] = [
  [
    'get',
    (client) => client.call(payments.get, { imp_uid: 'imp_1', include_sandbox: true }),
    'GET',
    '/payments/imp_1?include_sandbox=true',
    null,
  ],
  [
    'find',
    (client) => client.call(payments.find, { merchant_uid: 'A', sorting: '-paid' }),
    'GET',
    '/payments/find/A?sorting=-paid',
    null,
  ],
  [
    'find of one status',
    (client) => client.call(payments.find, { merchant_uid: 'A', payment_status: 'paid' }),
    'GET',
    '/payments/find/A/paid',
    null,
  ],
  [
    'findAll',
    (client) => client.call(payments.findAll, { merchant_uid: 'A', page: 2, limit: 50 }),
    'GET',
    '/payments/findAll/A?page=2&limit=50',
    null,
  ],
  [
    'byStatus',
    (client) => client.call(payments.byStatus, { payment_status: 'all', from: 1, to: 2 }),
    'GET',
    '/payments/status/all?from=1&to=2',
    null,
  ],
  [
    'several',
    (client) => client.call(payments.several, { merchant_uid: ['A', 'B'] }),
    'GET',
    '/payments?merchant_uid[]=A&merchant_uid[]=B',
    null,
  ],
  [
    'balance',
    (client) => client.call(payments.balance, { imp_uid: 'imp_1' }),
    'GET',
    '/payments/imp_1/balance',
    null,
  ],
]

describe('payments', () => {
  it.each(cases)('sends %s to its documented place', async (_, call, method, path, body) => {
    const [first] = await requestsOf(call)
    expect(first).toEqual({ method, path, body })
  })

  it('sends a partial cancel with every parameter in the body', async () => {
    const terms = {
      imp_uid: paid.imp_uid,
      merchant_uid: 'ORD-1',
      amount: 400,
      checksum: 1000,
      reason: '고객 변심',
      tax_free: 0,
      vat_amount: 36,
      refund_holder: '홍길동',
      refund_bank: '004',
      refund_account: '1234',
      refund_tel: '0100000000',
      retain_promotion: true,
      enable_webhook: true,
      extra: { requester: 'customer' },
    } as const
    expect(await requestsOf((client) => client.call(payments.cancelPart, terms))).toEqual([
      { method: 'POST', path: '/payments/cancel', body: terms },
    ])
  })

  it('reports when only some of several payments were found', async () => {
    const { client, clock } = createScriptedClient([
      json({ code: 0, message: null, response: [paid] }, 207),
    ])
    const call = client.call(payments.several, { imp_uid: [paid.imp_uid, 'imp_2'] })
    expect(await clock.until(call)).toEqual({ ok: true, value: [paid], partial: true })
  })

  it('has different types for the two cancels', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([envelope(paid)]).client
    const wrong = [
      // @ts-expect-error a partial cancel needs an amount
      () => client.call(payments.cancelPart, { imp_uid: 'imp_1', checksum: 1 }),
      // @ts-expect-error a full cancel has no amount
      () => client.call(payments.cancelAll, { imp_uid: 'imp_1', checksum: 1, amount: 1 }),
      // @ts-expect-error every cancel needs a checksum
      () => client.call(payments.cancelAll, { imp_uid: 'imp_1' }),
      // @ts-expect-error a cancel needs a payment
      () => client.call(payments.cancelAll, { checksum: 1 }),
    ]
    expect(wrong.length).toBe(4)
  })
})
