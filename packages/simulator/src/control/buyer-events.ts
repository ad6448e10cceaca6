// What buyers do with finished payments, where no window of ours is: at the PG's escrow page, and at Naver.
import { type Context, Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { isEscrowStatus } from '../domain/escrow.ts'
import { applyEvent, externalEvents, type ProductOrderEvent } from '../domain/naver/naver-order.ts'
import { readBody, textOf } from '../runtime/params.ts'
import {
  findProductOrder,
  productOrdersOf,
  serializeProductOrder,
} from '../services/naver/naver-orders.ts'
import { seedProductOrders } from '../services/seed/seed-product-orders.ts'
import { applyEscrowDecision } from '../webhooks/escrow-event.ts'

const unknownPayment = { reason: 'payment_unknown' }
const unknownOrder = { reason: 'product_order_unknown' }

/** The part of the control API for what buyers, parcels and Naver's own centre do. */
export function buyerEventRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.post('/payments/:impUid/escrow', (c) => decideEscrow(c, c.req.param('impUid'), context))
  app.post('/payments/:impUid/product-orders', (c) =>
    addProductOrders(c, c.req.param('impUid'), context),
  )
  for (const event of externalEvents) {
    app.post(`/product-orders/:id/${event}`, (c) =>
      applyBuyerEvent(c, { id: c.req.param('id'), event }, context),
    )
  }
  app.post('/product-orders/:id/review', (c) => writeReview(c, c.req.param('id'), context))
  return app
}

async function decideEscrow(
  c: Context,
  impUid: string,
  context: SimulatorContext,
): Promise<Response> {
  const payment = context.state.payments.get(impUid)
  if (payment === undefined) return c.json(unknownPayment, 404)
  const params = await readBody(c.req.raw)
  const status = textOf(params, 'escrow_status')
  if (!isEscrowStatus(status)) return c.json({ reason: 'invalid', field: 'escrow_status' }, 400)
  const deniedReason = textOf(params, 'denied_reason')
  const transition = applyEscrowDecision(context, payment, status, deniedReason)
  return transition.ok
    ? c.json({ escrow_status: transition.escrow.status })
    : c.json({ reason: transition.reason }, 409)
}

async function addProductOrders(
  c: Context,
  impUid: string,
  context: SimulatorContext,
): Promise<Response> {
  const payment = context.state.payments.get(impUid)
  if (payment === undefined) return c.json(unknownPayment, 404)
  const seeded = seedProductOrders(context, payment, await readBody(c.req.raw))
  if (!seeded.ok) return c.json(seeded.failure, 400)
  const orders = productOrdersOf(context, payment)
  return c.json({ product_orders: orders.map((order) => serializeProductOrder(order, payment)) })
}

function applyBuyerEvent(
  c: Context,
  { id, event }: { id: string; event: ProductOrderEvent },
  context: SimulatorContext,
): Response {
  const found = findProductOrder(context, id)
  if (found === null) return c.json(unknownOrder, 404)
  const { order, payment } = found
  const next = applyEvent(order, event)
  if (next === null) return c.json({ reason: 'not_possible', status: order.status }, 409)
  context.state.productOrders.set(next.id, next)
  return c.json(serializeProductOrder(next, payment))
}

async function writeReview(
  c: Context,
  productOrderId: string,
  { state, ids, clock }: SimulatorContext,
): Promise<Response> {
  const order = state.productOrders.get(productOrderId)
  if (order === undefined) return c.json(unknownOrder, 404)
  const params = await readBody(c.req.raw)
  const type = textOf(params, 'review_type') === 'premium' ? 'premium' : 'general'
  const id = ids.digits(10)
  state.reviews.set(id, {
    id,
    type,
    score: textOf(params, 'score') ?? (type === 'premium' ? '13' : '2'),
    title: textOf(params, 'title') ?? '',
    content: type === 'premium' ? (textOf(params, 'content') ?? '') : null,
    productOrderId: order.id,
    product: order.product,
    createdAt: clock.seconds(),
  })
  return c.json({ review_id: id })
}
