import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import {
  applyEvent,
  isRefund,
  type ProductOrder,
  shopEvents,
} from '../../../domain/naver/naver-order.ts'
import type { Payment } from '../../../domain/payment/payment.ts'
import { balanceOf } from '../../../domain/payment/refund.ts'
import { type Refusal, refusals } from '../../../domain/refusals.ts'
import { type Params, readBody, textOf, textsOf } from '../../../runtime/params.ts'
import {
  findProductOrder,
  productOrdersOf,
  serializeProductOrder,
} from '../../../services/naver/naver-orders.ts'
import { refundPayment } from '../../../services/payment/refund-payment.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { paramsRefusal, type ShopEvent } from './naver-request.ts'

const naverRefusals = {
  notOrderType: { status: 404, code: 1, message: '네이버페이 주문형 결제건이 아닙니다.' },
  unknownOrder: { status: 404, code: 1, message: '상품주문번호를 찾을 수 없습니다.' },
  allFailed: {
    status: 500,
    code: -1,
    message: '상품주문 상태가 요청을 처리할 수 있는 상태가 아닙니다.',
  },
} as const satisfies Record<string, Refusal>

/** Naver Pay, order type: product orders and their claims. */
export function naver(context: SimulatorContext): Hono {
  const { state } = context
  const app = new Hono()

  app.get('/payments/:impUid/naver/product-orders', (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(refusals.unknownPayment)
    const orders = productOrdersOf(context, payment)
    if (orders.length === 0) return refuse(naverRefusals.notOrderType)
    return succeed(orders.map((order) => serializeProductOrder(order, payment)))
  })

  app.get('/naver/product-orders/:id', (c) => {
    const found = findProductOrder(context, c.req.param('id'))
    if (found === null) return refuse(naverRefusals.unknownOrder)
    return succeed(serializeProductOrder(found.order, found.payment))
  })

  for (const event of shopEvents) {
    app.post(`/payments/:impUid/naver/${event}`, async (c) => {
      const payment = state.payments.get(c.req.param('impUid'))
      if (payment === undefined) return refuse(refusals.unknownPayment)
      const orders = productOrdersOf(context, payment)
      if (orders.length === 0) return refuse(naverRefusals.notOrderType)
      const params = await readBody(c.req.raw)
      const refusal = paramsRefusal(event, params)
      if (refusal !== null) return refuse(refusal)
      return applyShopEvent(context, { payment, orders, event, params })
    })
  }

  return app
}

interface ShopRequest {
  readonly payment: Payment
  readonly orders: readonly ProductOrder[]
  readonly event: ShopEvent
  readonly params: Params
}

function applyShopEvent(
  context: SimulatorContext,
  { payment, orders, event, params }: ShopRequest,
): Response {
  const requestedIds = textsOf(params, 'product_order_id')
  const selected =
    requestedIds.length === 0 ? orders : orders.filter(({ id }) => requestedIds.includes(id))
  if (selected.length === 0) return refuse(naverRefusals.unknownOrder)
  const changed = selected.flatMap((order) => applyEvent(order, event) ?? [])
  if (changed.length === 0) return refuse(naverRefusals.allFailed)
  for (const order of changed) {
    context.state.productOrders.set(order.id, order)
    if (isRefund(event)) refundProductOrder(context, order, textOf(params, 'reason') ?? event)
  }
  const requestedCount = requestedIds.length === 0 ? selected.length : new Set(requestedIds).size
  const shown = changed.map((order) => serializeProductOrder(order, payment))
  return succeed(shown, changed.length === requestedCount ? 200 : 207)
}

// A test may have added products that cost more than was paid: at most the balance is refunded.
function refundProductOrder(
  context: SimulatorContext,
  { impUid, product }: ProductOrder,
  reason: string,
): void {
  const payment = context.state.payments.get(impUid)
  if (payment === undefined) return
  const amountMinor = Math.min(product.amount + product.deliveryAmount, balanceOf(payment))
  if (amountMinor > 0) refundPayment(context, payment, { amountMinor, checksumMinor: null, reason })
}
