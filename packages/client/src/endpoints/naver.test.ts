import { describe, expect, it } from 'vitest'
import {
  type ClientCall,
  createScriptedClient,
  json,
  noResponse,
  recordCall,
  recordedCall,
} from '../../test/scripted-client.ts'
import { type Client, naver } from '../index.ts'

const imp_uid = 'imp_1'
const order = {
  product_order_id: '2023110112345',
  product_order_status: 'PAYED',
  claim_type: null,
  claim_status: null,
  product_id: 'P1',
  product_name: '티셔츠',
  product_option_id: 'O1',
  product_option_name: '검정',
  quantity: 1,
}
const some = { product_order_id: [order.product_order_id, '2'] }
const ship = {
  ...some,
  delivery_method: 'DELIVERY',
  delivery_company: 'CJGLS',
  tracking_number: '1234',
} as const
const returnRequest = { ...ship, reason: 'BROKEN', delivery_method: 'RETURN_DELIVERY' } as const
const hold = { ...some, reason: 'EXTRAFEEE', memo: '배송비', extra_charge: 3000 } as const
const review = {
  review_id: 'R1',
  score: '2',
  title: '좋아요',
  product_order_id: '1',
  product_id: 'P1',
  product_name: '티셔츠',
  writer: 'a***',
  created_at: 1_700_000_000,
}
const reviews = { from: 1, to: 2, review_type: 'general', channel_key: 'channel-key-1' } as const
const amounts = {
  amount_total: 1000,
  amount_by_npoint: 0,
  amount_by_primary: 1000,
  amount_supply: 909,
  amount_vat: 91,
}

const writes: readonly (readonly [string, ClientCall, string, unknown])[] = [
  [
    'cancel',
    (client) => client.call(naver.cancel, { imp_uid, ...some, reason: 'SOLD_OUT' }),
    'cancel',
    { ...some, reason: 'SOLD_OUT' },
  ],
  ['full cancel', (client) => client.call(naver.cancel, { imp_uid }), 'cancel', {}],
  [
    'approveCancel',
    (client) => client.call(naver.approveCancel, { imp_uid, ...some }),
    'approve-cancel',
    some,
  ],
  [
    'ship',
    (client) => client.call(naver.ship, { imp_uid, ...ship, dispatched_at: 1_700_000_000 }),
    'ship',
    { ...ship, dispatched_at: 1_700_000_000 },
  ],
  [
    'shipExchanged',
    (client) => client.call(naver.shipExchanged, { imp_uid, ...ship }),
    'ship-exchanged',
    ship,
  ],
  [
    'collectExchanged',
    (client) => client.call(naver.collectExchanged, { imp_uid, ...some }),
    'collect-exchanged',
    some,
  ],
  ['place', (client) => client.call(naver.place, { imp_uid, ...some }), 'place', some],
  [
    'requestReturn',
    (client) => client.call(naver.requestReturn, { imp_uid, ...returnRequest }),
    'request-return',
    returnRequest,
  ],
  [
    'approveReturn',
    (client) => client.call(naver.approveReturn, { imp_uid, ...some, memo: '확인' }),
    'approve-return',
    { ...some, memo: '확인' },
  ],
  [
    'rejectReturn',
    (client) => client.call(naver.rejectReturn, { imp_uid, ...some, memo: '사용함' }),
    'reject-return',
    { ...some, memo: '사용함' },
  ],
  [
    'withholdReturn',
    (client) => client.call(naver.withholdReturn, { imp_uid, ...hold }),
    'withhold-return',
    hold,
  ],
  [
    'resolveReturn',
    (client) => client.call(naver.resolveReturn, { imp_uid, ...some }),
    'resolve-return',
    some,
  ],
]

const reads: readonly (readonly [string, ClientCall, string, unknown])[] = [
  [
    'productOrders',
    (client) => client.call(naver.productOrders, { imp_uid }),
    'GET /payments/imp_1/naver/product-orders',
    [order],
  ],
  [
    'productOrder',
    (client) => client.call(naver.productOrder, { product_order_id: order.product_order_id }),
    'GET /naver/product-orders/2023110112345',
    order,
  ],
  [
    'reviews',
    (client) => client.call(naver.reviews, reviews),
    'GET /naver/reviews?from=1&to=2&review_type=general&channel_key=channel-key-1',
    [review],
  ],
  [
    'cashAmount',
    (client) => client.call(naver.cashAmount, { imp_uid }),
    'GET /payments/imp_1/naver/cash-amount',
    amounts,
  ],
]

describe('naver', () => {
  it.each(writes)('makes the call %s as documented', async (_, call, path, body) => {
    expect(await recordCall(call, [order])).toEqual(
      recordedCall(`POST /payments/imp_1/naver/${path}`, body, [order]),
    )
  })

  it.each(reads)('makes the call %s as documented', async (_, call, request, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, null, value))
  })

  it('succeeds for a response without a value', async () => {
    for (const response of [null, undefined]) {
      expect(await recordCall((client) => client.call(naver.point, { imp_uid }), response)).toEqual(
        recordedCall('POST /payments/imp_1/naver/point', null, null),
      )
      const confirm: ClientCall = (client) =>
        client.call(naver.confirm, { imp_uid, requester: 'admin' })
      expect(await recordCall(confirm, response)).toEqual(
        recordedCall('POST /payments/imp_1/naver/confirm', { requester: 'admin' }, null),
      )
    }
  })

  it('reports when only some product orders could be shipped', async () => {
    const { client, clock } = createScriptedClient([
      json({ code: 0, message: null, response: [order] }, 207),
    ])
    const call = client.call(naver.place, { imp_uid, ...some })
    expect(await clock.until(call)).toEqual({ ok: true, value: [order], partial: true })
  })

  it('refunds once when no response arrives, and names the call that reads the outcome', async () => {
    const { client, clock, calls } = createScriptedClient([noResponse])
    expect(await clock.until(client.call(naver.cancel, { imp_uid }))).toEqual({
      ok: false,
      failure: {
        reason: 'outcome_unknown',
        lookup: { call: 'naver.productOrders', params: { imp_uid } },
        cause: { reason: 'timeout', timeoutMs: 4000 },
      },
    })
    expect(calls().length).toBe(1)
  })

  it('does not treat an empty list as all product orders', async () => {
    const { client, sent } = createScriptedClient([])
    expect(await client.call(naver.cancel, { imp_uid, product_order_id: [] })).toEqual({
      ok: false,
      failure: { reason: 'invalid_argument', parameter: 'product_order_id', problem: 'malformed' },
    })
    expect(sent).toEqual([])
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const wrong = [
      // @ts-expect-error an undocumented courier
      () => client.call(naver.shipExchanged, { imp_uid, ...ship, delivery_company: 'PIGEON' }),
      // @ts-expect-error a shipment needs a time
      () => client.call(naver.ship, { imp_uid, ...ship }),
      // @ts-expect-error a rejected return needs a reason
      () => client.call(naver.rejectReturn, { imp_uid }),
      // @ts-expect-error product orders need a list
      () => client.call(naver.place, { imp_uid, product_order_id: '1' }),
    ]
    expect(wrong.length).toBe(4)
  })
})
