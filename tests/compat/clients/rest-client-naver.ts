import { Request } from 'iamport-rest-client-nodejs'
import { fixedTime, fixedTimeSeconds } from '../fixed-time.ts'
import { pick, pickEach, refusal, type Scenario, stateful } from '../scenario.ts'
import { type TestServer } from '../server.ts'
import { openRestClient as open } from './rest-client-open.ts'

const { NaverCo, NaverPay } = Request
const imp_uid = 'imp_700000000001'
const order = { imp_uid, merchant_uid: 'order-1', amount: 3000, pg_provider: 'naverco' }
const parcel = { delivery_method: 'DELIVERY', delivery_company: 'CJGLS', tracking_number: '1234' }
const claim = ['product_order_status', 'claim_type', 'claim_status'] as const

/** An order of two product orders, and their ids. */
async function twoLines(server: TestServer): Promise<[string, string]> {
  await server.control('/payments', order)
  const products = [
    { product_id: 'p1', product_amount: 1000 },
    { product_id: 'p2', product_amount: 2000 },
  ]
  await server.control(`/payments/${imp_uid}/product-orders`, { products })
  const listed = await open(server).call(NaverCo.getProductOrderIds({ imp_uid }))
  const [first, second] = Array.isArray(listed) ? listed : []
  return [String(first?.product_order_id), String(second?.product_order_id)]
}

/** Naver Pay orders, by `iamport-rest-client-nodejs`. */
export const naver: readonly Scenario[] = [
  stateful(
    'accepts and ships both product orders, and reads one of them',
    ['NaverCo.getProductOrderIds', 'NaverCo.place', 'NaverCo.ship', 'NaverCo.getOrderDetail'],
    async (server) => {
      const [first, second] = await twoLines(server)
      const { call } = open(server)
      const both = { imp_uid, product_order_id: [first, second] }
      const placed = await call(NaverCo.place(both))
      const sent = await call(NaverCo.ship({ ...both, ...parcel, dispatched_at: fixedTimeSeconds }))
      const read = await call(NaverCo.getOrderDetail({ product_order_id: second }))
      const again = pick(await refusal(call(NaverCo.place(both))), 'status', 'code')
      return [
        pickEach(placed, 'product_order_status'),
        pickEach(sent, 'product_order_status'),
        pick(read, 'product_id', 'product_order_status', 'product_amount'),
        again,
      ]
    },
    [
      [['PAYED'], ['PAYED']],
      [['DELIVERING'], ['DELIVERING']],
      ['p2', 'DELIVERING', 2000],
      [500, -1],
    ],
  ),
  stateful(
    'cancels one of two product orders, and gets the other one as failed',
    ['NaverCo.cancel', 'Payments.getByMerchantUid'],
    async (server) => {
      const [first, second] = await twoLines(server)
      const { call, send } = open(server)
      await call(NaverCo.ship({ imp_uid, product_order_id: [first], ...parcel, dispatched_at: 1 }))
      const both = { imp_uid, product_order_id: [first, second], reason: 'SOLD_OUT' }
      const { status, data } = await send(NaverCo.cancel(both))
      const params = { merchant_uid: 'order-1', status: '', sorting: 'paid' }
      const payment = await call(Request.Payments.getByMerchantUid(params))
      const isFirst = Array.isArray(data.failed) && data.failed[0] === first
      return [status, pickEach(data.response, ...claim), isFirst, payment['cancel_amount']]
    },
    [207, [['CANCELED', 'CANCEL', 'CANCEL_DONE']], true, 2000],
  ),
  stateful(
    'completes a return: requested, withheld, resolved, approved',
    [
      'NaverCo.requestReturn',
      'NaverCo.withholdReturn',
      'NaverCo.resolveReturn',
      'NaverCo.approveReturn',
    ],
    async (server) => {
      const [first] = await twoLines(server)
      const { call } = open(server)
      const line = { imp_uid, product_order_id: [first] }
      await call(NaverCo.ship({ ...line, ...parcel, dispatched_at: fixedTimeSeconds }))
      const params = { ...line, delivery_method: 'RETURN_INDIVIDUAL', reason: 'BROKEN' }
      const requested = await call(NaverCo.requestReturn(params))
      await call(NaverCo.withholdReturn({ ...line, memo: '배송비', extra_charge: 3000 }))
      const held = pick(await refusal(call(NaverCo.approveReturn(line))), 'status')
      await call(NaverCo.resolveReturn(line))
      const approved = await call(NaverCo.approveReturn(line))
      return [pickEach(requested, ...claim), held, pickEach(approved, ...claim)]
    },
    [[['DELIVERING', 'RETURN', 'RETURN_REQUEST']], [500], [['RETURNED', 'RETURN', 'RETURN_DONE']]],
  ),
  stateful(
    'rejects a return only with a text as reason',
    ['NaverCo.rejectReturn'],
    async (server) => {
      const [first] = await twoLines(server)
      const { call } = open(server)
      const line = { imp_uid, product_order_id: [first] }
      await call(NaverCo.ship({ ...line, ...parcel, dispatched_at: fixedTimeSeconds }))
      await server.control(`/product-orders/${first}/request-return`, {})
      const bare = pick(await refusal(call(NaverCo.rejectReturn(line))), 'status')
      const rejected = await call(NaverCo.rejectReturn({ ...line, memo: '사용 흔적' }))
      return [bare, pickEach(rejected, ...claim)]
    },
    [[400], [['DELIVERING', 'RETURN', 'RETURN_REJECT']]],
  ),
  stateful(
    'ships an exchange only after the goods were collected',
    ['NaverCo.shipExchanged'],
    async (server) => {
      const [first] = await twoLines(server)
      const { call } = open(server)
      const line = { imp_uid, product_order_id: [first] }
      await call(NaverCo.ship({ ...line, ...parcel, dispatched_at: fixedTimeSeconds }))
      await server.control(`/product-orders/${first}/request-exchange`, {})
      const early = pick(
        await refusal(call(NaverCo.shipExchanged({ ...line, ...parcel }))),
        'status',
      )
      await server.rest(`/payments/${imp_uid}/naver/collect-exchanged`, line)
      return [early, pickEach(await call(NaverCo.shipExchanged({ ...line, ...parcel })), ...claim)]
    },
    [[500], [['DELIVERING', 'EXCHANGE', 'EXCHANGE_REDELIVERING']]],
  ),
  stateful(
    'reads the review of a product order',
    ['NaverCo.getReviews'],
    async (server) => {
      const [first] = await twoLines(server)
      const review = { review_type: 'premium', score: '13', title: '좋아요', content: '또 살게요' }
      await server.control(`/product-orders/${first}/review`, review)
      const window = { from: fixedTimeSeconds - 60, to: fixedTimeSeconds + 60 }
      const channel_key = 'channel-key-naverco'
      const read = await open(server).call(
        NaverCo.getReviews({ ...window, channel_key, review_type: 'premium' }),
      )
      return pickEach(read, 'product_id', 'score', 'title', 'content', 'created_at')
    },
    [['p1', '13', '좋아요', '또 살게요', fixedTime]],
  ),
  stateful(
    'credits points and confirms an escrow order, once each; the client throws on their empty responses',
    ['NaverPay.postPoint', 'NaverPay.postEscrow'],
    async (server) => {
      await server.control('/payments', { ...order, pg_provider: 'naverpay', escrow: true })
      const { call } = open(server)
      const twice = async (build: typeof NaverPay.postPoint) => [
        pick(await refusal(call(build({ imp_uid }))), 'name'),
        pick(await refusal(call(build({ imp_uid }))), 'status', 'code'),
      ]
      return [await twice(NaverPay.postPoint), await twice(NaverPay.postEscrow)]
    },
    [
      [['TypeError'], [500, -1]],
      [['TypeError'], [500, -1]],
    ],
  ),
  stateful(
    'reads the amount for a cash receipt, and a smaller one after a partial cancel',
    ['NaverPay.getCashAmount', 'Payments.cancel'],
    async (server) => {
      const cash = { pg_provider: 'naverpay', pay_method: 'point', amount: 2200 }
      await server.control('/payments', { ...order, ...cash })
      const { call } = open(server)
      const names = ['amount_total', 'amount_by_npoint', 'amount_supply', 'amount_vat']
      const before = pick(await call(NaverPay.getCashAmount({ imp_uid })), ...names)
      await call(Request.Payments.cancel({ imp_uid, amount: 1100 }))
      return [before, pick(await call(NaverPay.getCashAmount({ imp_uid })), ...names)]
    },
    [
      [2200, 2200, 2000, 200],
      [1100, 1100, 1000, 100],
    ],
  ),
]
