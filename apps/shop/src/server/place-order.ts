import { z } from 'zod'
import { times, toWireAmount } from '../catalog/price.ts'
import { findProduct, maxQuantity } from '../catalog/products.ts'
import type { ShopConfig } from '../config.ts'
import type { Language } from '../locales/language.ts'

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
  | { readonly reason: 'order_malformed' }
  | { readonly reason: 'product_unknown' }
  | { readonly reason: 'order_unknown' }
  | { readonly reason: 'worker_unreachable'; readonly cause: unknown }
  | { readonly reason: 'amount_not_registered' }
  | { readonly reason: 'worker_failed'; readonly status: number }
  | { readonly reason: 'worker_refused'; readonly status: number }
  | { readonly reason: 'worker_response_unexpected' }

export type PlacedOrderResult =
  | { readonly ok: true; readonly value: PlacedOrder }
  | { readonly ok: false; readonly failure: OrderFailure }

export interface OrderDeps {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Returns a unique id: letters and digits, at most 32. */
  readonly newId: () => string
}

const workerTimeoutMs = 12_000

/** Determines the price of the product and creates an order of exactly that amount at the payment server. */
export async function placeOrder(
  body: unknown,
  language: Language,
  config: Pick<ShopConfig, 'workerUrl' | 'merchantKey'>,
  { fetch, newId }: OrderDeps,
): Promise<PlacedOrderResult> {
  const read = orderRequest.safeParse(body)
  if (!read.success) return refuse({ reason: 'order_malformed' })
  const product = findProduct(read.data.product)
  if (product === null) return refuse({ reason: 'product_unknown' })

  const { quantity } = read.data
  const price = times(product.price, quantity)
  const name = product.name[language] + (quantity > 1 ? ` × ${quantity}` : '')
  const order = {
    merchant_uid: `ongi-${newId()}`,
    amount: toWireAmount(price),
    currency: price.currency,
    // Payment windows accept at most 40 characters.
    name: name.slice(0, 40),
  }

  const response = await requestOrder(
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

/** Sends a request to the payment server's merchant API. */
export async function requestOrder(
  path: string,
  init: { readonly method: 'GET' | 'POST'; readonly body?: string },
  config: Pick<ShopConfig, 'workerUrl' | 'merchantKey'>,
  { fetch }: Pick<OrderDeps, 'fetch'>,
): Promise<
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly failure: OrderFailure }
> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(`${config.workerUrl}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${config.merchantKey}`,
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(workerTimeoutMs),
    })
    body = response.ok ? await response.json() : null
  } catch (cause) {
    return refuse({ reason: 'worker_unreachable', cause })
  }
  const { ok, status } = response
  if (ok) return { ok: true, body }
  if (status === 404) return refuse({ reason: 'order_unknown' })
  if (status === 503) return refuse({ reason: 'amount_not_registered' })
  if (status >= 500) return refuse({ reason: 'worker_failed', status })
  return refuse({ reason: 'worker_refused', status })
}

function refuse(failure: OrderFailure): { readonly ok: false; readonly failure: OrderFailure } {
  return { ok: false, failure }
}
