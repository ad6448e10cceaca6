import { z } from 'zod'
import type { Language } from '../locales/language.ts'
import { callWorker, type WorkerConfig } from './call-worker.ts'
import type { Basket, OpenOrders } from './open-orders.ts'
import {
  type OrderDeps,
  type OrderFailure,
  orderRequest,
  type PlacedOrder,
  type PlacedOrderResult,
  type ProveAge,
  placeOrder,
} from './place-order.ts'

/** A new order, or the one to pay again; or why there is none. */
export type CheckOutResult =
  | PlacedOrderResult
  | { readonly ok: false; readonly failure: OrderFailure | OrderOpen }

/** The visitor has an order of the same basket that may still be paid, or may already have been. */
export interface OrderOpen {
  readonly reason: 'order_open'
  readonly order: PlacedOrder
  /** As the payment server's route for buyers names it. */
  readonly status: 'pending' | 'vbankIssued'
}

export interface CheckOutDeps extends OrderDeps {
  readonly openOrders: OpenOrders
  readonly proveAge: ProveAge
}

const storedOrder = z.object({
  status: z.enum([
    'pending',
    'vbank_issued',
    'failed',
    'paid',
    'partially_cancelled',
    'cancelled',
    'expired',
  ]),
})

/**
 * Creates an order for a basket. While an earlier order of the same basket is open, a second one could be paid beside
 * it: then the visitor has to say so (`start_another`).
 */
export async function checkOut(
  body: unknown,
  visitor: string,
  language: Language,
  config: WorkerConfig,
  deps: CheckOutDeps,
): Promise<CheckOutResult> {
  const read = orderRequest.safeParse(body)
  // Without cookies nobody's orders can be told apart.
  if (visitor === '') return placeOrder(body, language, config, deps)
  if (read.success && read.data.start_another !== true) {
    const earlier = await findEarlierOrder(visitor, read.data, config, deps)
    if (earlier !== null) return earlier
  }
  const placed = await placeOrder(body, language, config, deps)
  if (placed.ok && read.success) deps.openOrders.save(visitor, read.data, placed.value)
  return placed
}

/** The visitor's order of a basket, if it stands in the way of another; null when a new one can be created. */
async function findEarlierOrder(
  visitor: string,
  basket: Basket,
  config: WorkerConfig,
  deps: CheckOutDeps,
): Promise<CheckOutResult | null> {
  const order = deps.openOrders.find(visitor, basket)
  if (order === null) return null
  const path = `/orders/${encodeURIComponent(order.merchant_uid)}`
  const response = await callWorker(path, { method: 'GET' }, config, deps)
  if (!response.ok) return response.failure.reason === 'order_unknown' ? null : response
  const stored = storedOrder.safeParse(response.body)
  if (!stored.success) return { ok: false, failure: { reason: 'worker_response_unexpected' } }
  switch (stored.data.status) {
    case 'pending':
      return { ok: false, failure: { reason: 'order_open', order, status: 'pending' } }
    case 'vbank_issued':
      return { ok: false, failure: { reason: 'order_open', order, status: 'vbankIssued' } }
    // The same order number, so that a late approval of the first attempt cannot become a second payment.
    case 'failed':
      return { ok: true, value: order }
    case 'paid':
    case 'partially_cancelled':
    case 'cancelled':
    case 'expired':
      return null
  }
}
