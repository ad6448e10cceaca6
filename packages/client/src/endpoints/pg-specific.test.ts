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
import { authenticate, benepia, type Client, cvs, payco, paymentwall } from '../index.ts'

const login = {
  benepia_user: 'user-canary',
  benepia_password: 'password-canary',
  channel_key: 'channel-key-1',
}
const buyer = {
  buyer_name: '홍길동',
  buyer_email: 'a@example.com',
  buyer_tel: '0100000000',
  buyer_addr: '서울',
  buyer_postcode: '06018',
}
const order = {
  ...buyer,
  merchant_uid: 'ORD-1',
  amount: 1000,
  name: '티셔츠',
  notice_url: ['https://shop.example/webhook'],
  custom_data: 'x',
}
const points = { ...login, benepia_member_code: 'B', ...order }
const barcode = {
  ...order,
  channel_key: 'channel-key-1',
  barcode: '1234',
  expired_at: 1_800_000_000,
  confirm_url: 'https://shop.example/confirm',
}
const delivery = {
  imp_uid: 'imp_1',
  merchant_uid: 'ORD-1',
  type: 'physical',
  status: 'order_shipped',
  estimated_delivery_datetime: 1_800_000_000,
  estimated_update_datetime: 1_800_000_000,
  refundable: 'yes',
  shipping_address_email: 'a@example.com',
  shipping_address_country: 'KR',
} as const

const cases: readonly (readonly [string, ClientCall, string, unknown, unknown])[] = [
  [
    'benepia.point',
    (client) => client.call(benepia.point, login),
    'POST /benepia/point',
    login,
    { point: 0 },
  ],
  [
    'benepia.payment',
    (client) => client.call(benepia.payment, points),
    'POST /benepia/payment',
    points,
    paid,
  ],
  ['cvs.post', (client) => client.call(cvs.post, barcode), 'POST /cvs', barcode, paid],
  [
    'cvs.remove',
    (client) => client.call(cvs.remove, { imp_uid: paid.imp_uid }),
    `DELETE /cvs/${paid.imp_uid}`,
    null,
    paid,
  ],
  [
    'payco.status',
    (client) => client.call(payco.status, { imp_uid: 'imp_1', status: 'CANCELED' }),
    'POST /payco/orders/status/imp_1',
    { status: 'CANCELED' },
    { status: 'CANCELED' },
  ],
  [
    'paymentwall.delivery',
    (client) => client.call(paymentwall.delivery, delivery),
    'POST /paymentwall/delivery',
    delivery,
    { error_code: 3, error: 'unknown payment', notices: [] },
  ],
  [
    'paymentwall.delivery with an empty response',
    (client) => client.call(paymentwall.delivery, delivery),
    'POST /paymentwall/delivery',
    delivery,
    null,
  ],
]

const payments: readonly (readonly [string, ClientCall])[] = [
  ['benepia.payment', (client) => client.call(benepia.payment, points)],
  ['cvs.post', (client) => client.call(cvs.post, barcode)],
]

describe('benepia, cvs, payco and paymentwall', () => {
  it.each(cases)('makes the call %s as documented', async (_, call, request, body, value) => {
    expect(await recordCall(call, value)).toEqual(recordedCall(request, body, value))
  })

  it.each(payments)(
    'sends %s once when no response arrives, and names the lookup',
    async (_, call) => {
      const { client, clock, calls } = createScriptedClient([noResponse])
      expect(await clock.until(call(client))).toEqual({
        ok: false,
        failure: {
          reason: 'outcome_unknown',
          lookup: { call: 'payments.find', params: { merchant_uid: 'ORD-1' } },
          cause: { reason: 'timeout', timeoutMs: 4000 },
        },
      })
      expect(calls().length).toBe(1)
    },
  )

  it("redacts a member's login when the provider repeats it", async () => {
    const message = 'user-canary / password-canary'
    const { client, clock } = createScriptedClient([json({ code: -1, message, response: null })])
    expect(await clock.until(client.call(benepia.point, login))).toEqual({
      ok: false,
      failure: {
        reason: 'refused',
        httpStatus: 200,
        code: -1,
        message: '[redacted] / [redacted]',
      },
    })
  })

  it('does not compile with wrong parameters', () => {
    const client: Pick<Client, 'call'> = createScriptedClient([]).client
    const wrong = [
      // @ts-expect-error an undocumented status
      () => client.call(payco.status, { imp_uid: 'imp_1', status: 'CANCELLED' }),
      // @ts-expect-error the times of Paymentwall are UNIX seconds
      () => client.call(paymentwall.delivery, { ...delivery, estimated_delivery_datetime: 'soon' }),
      // @ts-expect-error points need a member
      () => client.call(benepia.point, { channel_key: 'channel-key-1' }),
    ]
    expect(wrong.length).toBe(3)
  })
})

describe('authenticate', () => {
  it('issues a token for use outside the client, without a token of its own', async () => {
    const { client, clock, sent } = createScriptedClient([])
    const keys = { imp_key: 'other-key', imp_secret: 'other-secret' }
    const result = await clock.until(client.call(authenticate.getToken, keys))
    expect(result.ok && result.value.expired_at - result.value.now).toBe(1800)
    expect(sent.map(({ path, headers, body }) => [path, headers.authorization, body])).toEqual([
      ['/users/getToken', undefined, keys],
    ])
  })
})
