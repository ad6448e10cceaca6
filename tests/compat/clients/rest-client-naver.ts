import { Request } from 'iamport-rest-client-nodejs'
import { noon, noonSeconds } from '../fixed-time.ts'
import { type Deed, pick, pickEach, refusal, stateful } from '../scenario.ts'
import { type Stage } from '../server.ts'
import { openRestClient as open } from './rest-client-open.ts'

const { NaverCo, NaverPay } = Request
const imp_uid = 'imp_700000000001'
const order = { imp_uid, merchant_uid: 'order-1', amount: 3000, pg_provider: 'naverco' }
const parcel = { delivery_method: 'DELIVERY', delivery_company: 'CJGLS', tracking_number: '1234' }
const claim = ['product_order_status', 'claim_type', 'claim_status'] as const

/** An order of two lines, and the ids Naver gave them. */
async function twoLines(stage: Stage): Promise<[string, string]> {
  await stage.control('/payments', order)
  const products = [
    { product_id: 'p1', product_amount: 1000 },
    { product_id: 'p2', product_amount: 2000 },
  ]
  await stage.control(`/payments/${imp_uid}/product-orders`, { products })
  const listed = await open(stage).ask(NaverCo.getProductOrderIds({ imp_uid }))
  const [first, second] = Array.isArray(listed) ? listed : []
  return [String(first?.product_order_id), String(second?.product_order_id)]
}

/** Naver Pay orders, by `iamport-rest-client-nodejs`. */
export const naver: readonly Deed[] = [
  stateful(
    'accepts and ships both lines, and reads one of them',
    ['NaverCo.getProductOrderIds', 'NaverCo.place', 'NaverCo.ship', 'NaverCo.getOrderDetail'],
    async (stage) => {
      const [first, second] = await twoLines(stage)
      const { ask } = open(stage)
      const both = { imp_uid, product_order_id: [first, second] }
      const placed = await ask(NaverCo.place(both))
      const sent = await ask(NaverCo.ship({ ...both, ...parcel, dispatched_at: noonSeconds }))
      const read = await ask(NaverCo.getOrderDetail({ product_order_id: second }))
      const again = pick(await refusal(ask(NaverCo.place(both))), 'status', 'code')
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
    'cancels one line, is told which of two it could not, and the money of the line is back',
    ['NaverCo.cancel', 'Payments.getByMerchantUid'],
    async (stage) => {
      const [first, second] = await twoLines(stage)
      const { ask, send } = open(stage)
      await ask(NaverCo.ship({ imp_uid, product_order_id: [first], ...parcel, dispatched_at: 1 }))
      const both = { imp_uid, product_order_id: [first, second], reason: 'SOLD_OUT' }
      const { status, data } = await send(NaverCo.cancel(both))
      const asked = { merchant_uid: 'order-1', status: '', sorting: 'paid' }
      const payment = await ask(Request.Payments.getByMerchantUid(asked))
      const isFirst = Array.isArray(data.failed) && data.failed[0] === first
      return [status, pickEach(data.response, ...claim), isFirst, payment['cancel_amount']]
    },
    [207, [['CANCELED', 'CANCEL', 'CANCEL_DONE']], true, 2000],
  ),
  stateful(
    'takes a line back: asked for, held, released, approved',
    [
      'NaverCo.requestReturn',
      'NaverCo.withholdReturn',
      'NaverCo.resolveReturn',
      'NaverCo.approveReturn',
    ],
    async (stage) => {
      const [first] = await twoLines(stage)
      const { ask } = open(stage)
      const line = { imp_uid, product_order_id: [first] }
      await ask(NaverCo.ship({ ...line, ...parcel, dispatched_at: noonSeconds }))
      const asked = { ...line, delivery_method: 'RETURN_INDIVIDUAL', reason: 'BROKEN' }
      const requested = await ask(NaverCo.requestReturn(asked))
      await ask(NaverCo.withholdReturn({ ...line, memo: '배송비', extra_charge: 3000 }))
      const held = pick(await refusal(ask(NaverCo.approveReturn(line))), 'status')
      await ask(NaverCo.resolveReturn(line))
      const approved = await ask(NaverCo.approveReturn(line))
      return [pickEach(requested, ...claim), held, pickEach(approved, ...claim)]
    },
    [[['DELIVERING', 'RETURN', 'RETURN_REQUEST']], [500], [['RETURNED', 'RETURN', 'RETURN_DONE']]],
  ),
  stateful(
    'rejects a return only with a reason in words',
    ['NaverCo.rejectReturn'],
    async (stage) => {
      const [first] = await twoLines(stage)
      const { ask } = open(stage)
      const line = { imp_uid, product_order_id: [first] }
      await ask(NaverCo.ship({ ...line, ...parcel, dispatched_at: noonSeconds }))
      await stage.control(`/product-orders/${first}/request-return`, {})
      const bare = pick(await refusal(ask(NaverCo.rejectReturn(line))), 'status')
      const rejected = await ask(NaverCo.rejectReturn({ ...line, memo: '사용 흔적' }))
      return [bare, pickEach(rejected, ...claim)]
    },
    [[400], [['DELIVERING', 'RETURN', 'RETURN_REJECT']]],
  ),
  stateful(
    'sends an exchange only when the goods have been collected',
    ['NaverCo.shipExchanged'],
    async (stage) => {
      const [first] = await twoLines(stage)
      const { ask } = open(stage)
      const line = { imp_uid, product_order_id: [first] }
      await ask(NaverCo.ship({ ...line, ...parcel, dispatched_at: noonSeconds }))
      await stage.control(`/product-orders/${first}/request-exchange`, {})
      const early = pick(
        await refusal(ask(NaverCo.shipExchanged({ ...line, ...parcel }))),
        'status',
      )
      await stage.rest(`/payments/${imp_uid}/naver/collect-exchanged`, line)
      return [early, pickEach(await ask(NaverCo.shipExchanged({ ...line, ...parcel })), ...claim)]
    },
    [[500], [['DELIVERING', 'EXCHANGE', 'EXCHANGE_REDELIVERING']]],
  ),
  stateful(
    'reads what a buyer wrote about a line',
    ['NaverCo.getReviews'],
    async (stage) => {
      const [first] = await twoLines(stage)
      const review = { review_type: 'premium', score: '13', title: '좋아요', content: '또 살게요' }
      await stage.control(`/product-orders/${first}/review`, review)
      const window = { from: noonSeconds - 60, to: noonSeconds + 60 }
      const channel_key = 'channel-key-naverco'
      const read = await open(stage).ask(
        NaverCo.getReviews({ ...window, channel_key, review_type: 'premium' }),
      )
      return pickEach(read, 'product_id', 'score', 'title', 'content', 'created_at')
    },
    [['p1', '13', '좋아요', '또 살게요', noon]],
  ),
  stateful(
    'credits points and ends an escrow order, once each; the client trips over their empty answers',
    ['NaverPay.postPoint', 'NaverPay.postEscrow'],
    async (stage) => {
      await stage.control('/payments', { ...order, pg_provider: 'naverpay', escrow: true })
      const { ask } = open(stage)
      const twice = async (build: typeof NaverPay.postPoint) => [
        pick(await refusal(ask(build({ imp_uid }))), 'name'),
        pick(await refusal(ask(build({ imp_uid }))), 'status', 'code'),
      ]
      return [await twice(NaverPay.postPoint), await twice(NaverPay.postEscrow)]
    },
    [
      [['TypeError'], [500, -1]],
      [['TypeError'], [500, -1]],
    ],
  ),
  stateful(
    'reads what a cash receipt may be for, and less of it after a partial cancel',
    ['NaverPay.getCashAmount', 'Payments.cancel'],
    async (stage) => {
      const cash = { pg_provider: 'naverpay', pay_method: 'point', amount: 2200 }
      await stage.control('/payments', { ...order, ...cash })
      const { ask } = open(stage)
      const names = ['amount_total', 'amount_by_npoint', 'amount_supply', 'amount_vat']
      const before = pick(await ask(NaverPay.getCashAmount({ imp_uid })), ...names)
      await ask(Request.Payments.cancel({ imp_uid, amount: 1100 }))
      return [before, pick(await ask(NaverPay.getCashAmount({ imp_uid })), ...names)]
    },
    [
      [2200, 2200, 2000, 200],
      [1100, 1100, 1000, 100],
    ],
  ),
]
