import { Hono } from 'hono'
import type { World } from '../../../context.ts'
import {
  type ProductOrder,
  perform,
  refunds,
  shopDeeds,
} from '../../../domain/naver/naver-order.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { balanceOf } from '../../../domain/payment/refund.ts'
import { refusals as common, type Refusal } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf, textsOf } from '../../../runtime/params.ts'
import {
  findProductOrder,
  presentProductOrder,
  productOrdersOf,
} from '../../../services/naver/naver-orders.ts'
import { refundNow } from '../../../services/payment/refund-payment.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { malformed, type ShopDeed } from './naver-request.ts'

const refusals = {
  notOrderType: { status: 404, code: 1, message: '네이버페이 주문형 결제건이 아닙니다.' },
  unknownOrder: { status: 404, code: 1, message: '상품주문번호를 찾을 수 없습니다.' },
  allFailed: {
    status: 500,
    code: -1,
    message: '상품주문 상태가 요청을 처리할 수 있는 상태가 아닙니다.',
  },
} as const satisfies Record<string, Refusal>

/** Naver Pay, order type: product orders and their claims. */
export function naver(world: World): Hono {
  const { ledger } = world
  const app = new Hono()

  app.get('/payments/:impUid/naver/product-orders', (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(common.unknownPayment)
    const orders = productOrdersOf(world, payment)
    if (orders.length === 0) return refuse(refusals.notOrderType)
    return succeed(orders.map((order) => presentProductOrder(order, payment)))
  })

  app.get('/naver/product-orders/:id', (c) => {
    const found = findProductOrder(world, c.req.param('id'))
    if (found === null) return refuse(refusals.unknownOrder)
    return succeed(presentProductOrder(found.order, found.payment))
  })

  for (const deed of shopDeeds) {
    app.post(`/payments/:impUid/naver/${deed}`, async (c) => {
      const payment = ledger.payments.get(c.req.param('impUid'))
      if (payment === undefined) return refuse(common.unknownPayment)
      const orders = productOrdersOf(world, payment)
      if (orders.length === 0) return refuse(refusals.notOrderType)
      const params = await readBody(c.req.raw)
      const refusal = malformed(deed, params)
      if (refusal !== null) return refuse(refusal)
      return act(world, { payment, orders, deed, params })
    })
  }

  return app
}

interface Act {
  readonly payment: Payment
  readonly orders: readonly ProductOrder[]
  readonly deed: ShopDeed
  readonly params: Params
}

function act(world: World, { payment, orders, deed, params }: Act): Response {
  const asked = textsOf(params, 'product_order_id')
  const meant = asked.length === 0 ? orders : orders.filter(({ id }) => asked.includes(id))
  if (meant.length === 0) return refuse(refusals.unknownOrder)
  const done = meant.flatMap((order) => perform(order, deed) ?? [])
  if (done.length === 0) return refuse(refusals.allFailed)
  for (const order of done) {
    world.ledger.productOrders.set(order.id, order)
    if (refunds(deed)) payBack(world, order, textOf(params, 'reason') ?? deed)
  }
  const wanted = asked.length === 0 ? meant.length : new Set(asked).size
  const shown = done.map((order) => presentProductOrder(order, payment))
  return succeed(shown, done.length === wanted ? 200 : 207)
}

// A test may have given lines that cost more than was paid: no more than the balance goes back.
function payBack(world: World, { impUid, product }: ProductOrder, reason: string): void {
  const payment = world.ledger.payments.get(impUid)
  if (payment === undefined) return
  const amountMinor = Math.min(product.amount + product.deliveryAmount, balanceOf(payment))
  if (amountMinor > 0) refundNow(world, payment, { amountMinor, checksumMinor: null, reason })
}
