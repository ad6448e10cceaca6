// What buyers do with finished payments, where no window of ours is: at the PG's escrow page, and at Naver.
import { Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { isEscrowStatus } from '../domain/escrow.ts'
import { applyEvent, externalEvents } from '../domain/naver/naver-order.ts'
import { isRecord, readBody, textOf } from '../runtime/params.ts'
import {
  addProductOrder,
  findProductOrder,
  productOrdersOf,
  serializeProductOrder,
  toProduct,
} from '../services/naver/naver-orders.ts'
import { applyEscrowDecision } from '../webhooks/escrow-event.ts'

const unknownPayment = { reason: 'payment_unknown' }
const unknownOrder = { reason: 'product_order_unknown' }

/** The part of the remote control that plays the world outside. */
export function buyerEventRoutes(context: SimulatorContext): Hono {
  const { state } = context
  const app = new Hono()

  app.post('/payments/:impUid/escrow', async (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return c.json(unknownPayment, 404)
    const params = await readBody(c.req.raw)
    const status = textOf(params, 'escrow_status')
    if (!isEscrowStatus(status)) return c.json({ reason: 'invalid', field: 'escrow_status' }, 400)
    const transition = applyEscrowDecision(
      context,
      payment,
      status,
      textOf(params, 'denied_reason'),
    )
    return transition.ok
      ? c.json({ escrow_status: transition.escrow.status })
      : c.json({ reason: transition.reason }, 409)
  })

  app.post('/payments/:impUid/product-orders', async (c) => {
    const payment = state.payments.get(c.req.param('impUid'))
    if (payment === undefined) return c.json(unknownPayment, 404)
    const params = await readBody(c.req.raw)
    const products = Array.isArray(params['products']) ? params['products'].filter(isRecord) : []
    if (products.length === 0) return c.json({ reason: 'invalid', field: 'products' }, 400)
    for (const product of products) addProductOrder(context, payment, toProduct(product))
    const orders = productOrdersOf(context, payment)
    return c.json({ product_orders: orders.map((order) => serializeProductOrder(order, payment)) })
  })

  for (const event of externalEvents) {
    app.post(`/product-orders/:id/${event}`, (c) => {
      const found = findProductOrder(context, c.req.param('id'))
      if (found === null) return c.json(unknownOrder, 404)
      const { order, payment } = found
      const next = applyEvent(order, event)
      if (next === null) return c.json({ reason: 'not_possible', status: order.status }, 409)
      state.productOrders.set(next.id, next)
      return c.json(serializeProductOrder(next, payment))
    })
  }

  app.post('/product-orders/:id/review', async (c) => {
    const order = state.productOrders.get(c.req.param('id'))
    if (order === undefined) return c.json(unknownOrder, 404)
    const params = await readBody(c.req.raw)
    const type = textOf(params, 'review_type') === 'premium' ? 'premium' : 'general'
    const id = context.ids.digits(10)
    state.reviews.set(id, {
      id,
      type,
      score: textOf(params, 'score') ?? (type === 'premium' ? '13' : '2'),
      title: textOf(params, 'title') ?? '',
      content: type === 'premium' ? (textOf(params, 'content') ?? '') : null,
      productOrderId: order.id,
      product: order.product,
      createdAt: context.clock.seconds(),
    })
    return c.json({ review_id: id })
  })

  return app
}
