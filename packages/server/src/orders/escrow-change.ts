import {
  type EscrowChange,
  fail,
  type Order,
  ok,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import type { Deps } from '../deps.ts'

/** A job and a webhook are all that write an order beside this one. */
const maxTries = 5

/**
 * Records what became of a payment in escrow, with its event, once.
 *
 * @returns Whether it was new. Fails with `store_unavailable`, also where others wrote the order again and again: the provider
 * sends the webhook again.
 */
export async function recordEscrowChange(
  read: Order,
  change: EscrowChange,
  { store }: Pick<Deps, 'store'>,
): Promise<Result<{ readonly isNew: boolean }, StoreFailure>> {
  let order = read
  for (let tries = 0; tries < maxTries; tries++) {
    const recorded = await store.orders.recordEscrowChange(order, change)
    if (!recorded.ok) return recorded
    const { isNew } = recorded.value
    if (isNew || recorded.value.order.sequence === order.sequence) return ok({ isNew })
    order = recorded.value.order
  }
  return fail({ reason: 'store_unavailable', cause: 'order_contended' })
}
