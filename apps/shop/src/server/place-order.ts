import { z } from 'zod'
import { times, toWireAmount } from '../catalog/price.ts'
import { findProduct, maxQuantity } from '../catalog/products.ts'
import type { Language } from '../locales/language.ts'
import {
  callWorker,
  type WorkerConfig,
  type WorkerDeps,
  type WorkerFailure,
} from './call-worker.ts'

/** What a browser may request. It names a product; no other field is read. */
export const orderRequest = z.object({
  product: z.string(),
  quantity: z.int().min(1).max(maxQuantity),
  /** Creates an order although an earlier one of the same basket is still open. */
  start_another: z.boolean().optional(),
})

const createdOrder = z.object({
  merchant_uid: z.string(),
  amount: z.number(),
  currency: z.string(),
  order_token: z.string().min(1),
})

/** What the browser needs to request the payment, and later its status. */
export interface PlacedOrder {
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly name: string
  readonly order_token: string
}

export type OrderFailure =
  | WorkerFailure
  | { readonly reason: 'order_malformed' }
  | { readonly reason: 'product_unknown' }
  | { readonly reason: 'age_unproven' }

export type PlacedOrderResult =
  | { readonly ok: true; readonly value: PlacedOrder }
  | { readonly ok: false; readonly failure: OrderFailure }

/** Proves that the visitor is old enough. Returns the number of the order that the proof is good for. */
export type ProveAge = (
  minimumAge: number,
) => Promise<
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly failure: OrderFailure }
>

export interface OrderDeps extends WorkerDeps {
  /** Returns a unique id: letters and digits, at most 32. */
  readonly newId: () => string
}

/** Determines the price of the product and creates an order of exactly that amount at the payment server. */
export async function placeOrder(
  body: unknown,
  language: Language,
  config: WorkerConfig,
  { fetch, newId, proveAge }: OrderDeps & { readonly proveAge: ProveAge },
): Promise<PlacedOrderResult> {
  const read = orderRequest.safeParse(body)
  if (!read.success) return refuse({ reason: 'order_malformed' })
  const product = findProduct(read.data.product)
  if (product === null) return refuse({ reason: 'product_unknown' })

  // Used up only for a basket that can be ordered.
  const proof =
    product.minimumAge === undefined
      ? { ok: true as const, value: `ongi-${newId()}` }
      : await proveAge(product.minimumAge)
  if (!proof.ok) return proof

  const { quantity } = read.data
  const price = times(product.price, quantity)
  const name = product.name[language] + (quantity > 1 ? ` × ${quantity}` : '')
  const order = {
    merchant_uid: proof.value,
    amount: toWireAmount(price),
    currency: price.currency,
    // Payment windows accept at most 40 characters.
    name: name.slice(0, 40),
  }

  const response = await callWorker(
    '/orders',
    { method: 'POST', body: JSON.stringify(order) },
    config,
    { fetch },
  )
  if (!response.ok) return response

  const created = createdOrder.safeParse(response.body)
  const isSame =
    created.success &&
    created.data.merchant_uid === order.merchant_uid &&
    created.data.amount === order.amount &&
    created.data.currency === order.currency
  if (!isSame) return refuse({ reason: 'worker_response_unexpected' })
  return { ok: true, value: { ...order, order_token: created.data.order_token } }
}

function refuse(failure: OrderFailure): { readonly ok: false; readonly failure: OrderFailure } {
  return { ok: false, failure }
}
