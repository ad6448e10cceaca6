// What buyers do with finished payments, where no window of ours is: at the PG's escrow page, and at Naver.
import { Hono } from 'hono'
import type { World } from '../context.ts'
import { isEscrowStatus } from '../domain/escrow.ts'
import { outsideDeeds, perform } from '../domain/naver/naver-order.ts'
import { isRecord, readBody, textOf } from '../runtime/params.ts'
import {
  addProductOrder,
  findProductOrder,
  presentProductOrder,
  productOrdersOf,
  toProduct,
} from '../services/naver/naver-orders.ts'
import { moveEscrow } from '../webhooks/escrow-event.ts'

const unknownPayment = { reason: 'payment_unknown' }
const unknownOrder = { reason: 'product_order_unknown' }

/** The part of the remote control that plays the world outside. */
export function outside(world: World): Hono {
  const { ledger } = world
  const app = new Hono()

  app.post('/payments/:impUid/escrow', async (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return c.json(unknownPayment, 404)
    const params = await readBody(c.req.raw)
    const status = textOf(params, 'escrow_status')
    if (!isEscrowStatus(status)) return c.json({ reason: 'invalid', field: 'escrow_status' }, 400)
    const step = moveEscrow(world, payment, status, textOf(params, 'denied_reason'))
    return step.ok
      ? c.json({ escrow_status: step.escrow.status })
      : c.json({ reason: step.reason }, 409)
  })

  app.post('/payments/:impUid/product-orders', async (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return c.json(unknownPayment, 404)
    const params = await readBody(c.req.raw)
    const products = Array.isArray(params['products']) ? params['products'].filter(isRecord) : []
    if (products.length === 0) return c.json({ reason: 'invalid', field: 'products' }, 400)
    for (const product of products) addProductOrder(world, payment, toProduct(product))
    const orders = productOrdersOf(world, payment)
    return c.json({ product_orders: orders.map((order) => presentProductOrder(order, payment)) })
  })

  for (const deed of outsideDeeds) {
    app.post(`/product-orders/:id/${deed}`, (c) => {
      const found = findProductOrder(world, c.req.param('id'))
      if (found === null) return c.json(unknownOrder, 404)
      const { order, payment } = found
      const next = perform(order, deed)
      if (next === null) return c.json({ reason: 'not_possible', status: order.status }, 409)
      ledger.productOrders.set(next.id, next)
      return c.json(presentProductOrder(next, payment))
    })
  }

  app.post('/product-orders/:id/review', async (c) => {
    const order = ledger.productOrders.get(c.req.param('id'))
    if (order === undefined) return c.json(unknownOrder, 404)
    const params = await readBody(c.req.raw)
    const type = textOf(params, 'review_type') === 'premium' ? 'premium' : 'general'
    const id = world.ids.digits(10)
    ledger.reviews.set(id, {
      id,
      type,
      score: textOf(params, 'score') ?? (type === 'premium' ? '13' : '2'),
      title: textOf(params, 'title') ?? '',
      content: type === 'premium' ? (textOf(params, 'content') ?? '') : null,
      productOrderId: order.id,
      product: order.product,
      createdAt: world.clock.seconds(),
    })
    return c.json({ review_id: id })
  })

  return app
}
