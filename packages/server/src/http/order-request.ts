import type { Result } from '@quayside/core'
import type * as z from 'zod/mini'
import { type ChannelUnsuitable, checkChannel } from '../orders/channel-suits.ts'
import {
  type RequestedOrder,
  type RequestInvalid,
  toRequestedOrder,
} from '../orders/requested-order.ts'
import { orderRequest } from './schemas/requests/orders.ts'
import { validate } from './validate.ts'

/** The body of `POST /orders`, in wire names. */
export type OrderRequestBody = Readonly<z.input<ReturnType<typeof orderRequest>>>

/**
 * Checks the body of `POST /orders`, as that route does.
 *
 * @param body The order to create. The amount is in the currency's unit, at most with its decimals.
 * @returns The order in domain types. Fails with `request_invalid` and the `field` that is wrong: an id outside its
 * grammar, an amount that is not positive or has too many decimals, an unknown currency, an unknown name. Fails with
 * `channel_unsuitable` where the channel that it names cannot take it.
 *
 * @example
 * ```ts
 * import { readOrderRequest } from '@quayside/server'
 *
 * const order = { merchant_uid: 'ORD-1', amount: 64_900, currency: 'KRW' }
 * console.log(readOrderRequest(order).ok) // true
 * console.log(readOrderRequest({ ...order, amount: 0.5 })) // { ok: false, failure: { reason: 'request_invalid', field: 'amount' } }
 * ```
 */
export function readOrderRequest(
  body: OrderRequestBody,
): Result<RequestedOrder, RequestInvalid | ChannelUnsuitable> {
  const read = validate(body, orderRequest)
  return read.ok ? checkOrderRequest(read.value) : read
}

/** Checks what no schema can: whether the amount is one of its currency, and the channel one that takes the order. */
export function checkOrderRequest({
  merchant_uid,
  ...rest
}: z.output<ReturnType<typeof orderRequest>>): Result<
  RequestedOrder,
  RequestInvalid | ChannelUnsuitable
> {
  const request = { merchantUid: merchant_uid, ...rest }
  const requested = toRequestedOrder(request)
  if (!requested.ok) return requested
  const suits = checkChannel(request)
  return suits.ok ? requested : suits
}
