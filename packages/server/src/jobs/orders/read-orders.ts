import { type MerchantUid, ok, type Result, type StoreFailure } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import type { StoredOrder } from '../../domain/stored-order.ts'
import { describeCause } from '../../log.ts'
import type { Budget } from '../../run-budget.ts'

/** The orders that exist, and the ids of those that cannot be read. */
export interface OrderRead {
  readonly orders: readonly StoredOrder[]
  readonly unreadable: ReadonlySet<MerchantUid>
}

/**
 * Reads orders with one query. When it fails although the store responds, one of the orders is at fault: the ids are
 * read in halves until it stands alone, is logged as `order_unreadable`, and the others are read.
 */
export async function readOrders(
  ids: readonly MerchantUid[],
  deps: JobDeps,
  budget: Budget,
): Promise<Result<OrderRead, StoreFailure>> {
  const read = await deps.store.orderQueries.orders(ids)
  if (read.ok) return ok({ orders: read.value, unreadable: new Set() })
  const [only] = ids
  if (only === undefined || !(await isResponding(deps, budget))) return read
  if (ids.length === 1) {
    deps.log('order_unreadable', { merchantUid: only, cause: toStoreCause(read.failure) })
    return ok({ orders: [], unreadable: new Set([only]) })
  }
  const middle = Math.ceil(ids.length / 2)
  const halves: OrderRead[] = []
  for (const half of [ids.slice(0, middle), ids.slice(middle)]) {
    if (!budget.take({ storeCalls: 1 })) return read
    const part = await readOrders(half, deps, budget)
    if (!part.ok) return part
    halves.push(part.value)
  }
  return ok({
    orders: halves.flatMap(({ orders }) => orders),
    unreadable: new Set(halves.flatMap(({ unreadable }) => [...unreadable])),
  })
}

/** Whether the store responds to a query that concerns no order. A list without ids need not reach the database. */
export async function isResponding({ store }: JobDeps, budget: Budget): Promise<boolean> {
  return budget.take({ storeCalls: 1 }) && (await store.cursors.position('paid')).ok
}

export function toStoreCause(failure: StoreFailure): string {
  return failure.reason === 'store_unavailable' ? describeCause(failure.cause) : failure.reason
}
