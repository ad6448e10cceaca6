import { applyChange, type Change } from './change.ts'
import { type ExpectedOrder, type Order, openOrder } from './order.ts'
import { fail, ok } from './result.ts'
import type { Attempt, OrderStore } from './store.ts'

/** An {@link OrderStore} whose orders can be opened and looked at. */
export interface MemoryStore extends OrderStore {
  /** Opens an order; one that is there already stays as it is. */
  open(expected: ExpectedOrder): Order
  /** Every change that took place, oldest first: what a durable store would write to its outbox. */
  readonly changes: readonly Change[]
  /** What was noted of payments that moved no order, oldest first. */
  readonly attempts: readonly Attempt[]
}

/**
 * Makes an order store that lives in memory: for tests and first steps. It keeps the promises of the port
 * within one process and forgets everything with it.
 *
 * @example
 * ```ts
 * import { createMemoryStore, parseMerchantUid, parseMoney } from '@quayside/core'
 *
 * const store = createMemoryStore()
 * const merchantUid = parseMerchantUid('ORD-1')
 * const amount = parseMoney(64_900, 'KRW')
 * if (merchantUid.ok && amount.ok) {
 *   store.open({ merchantUid: merchantUid.value, amount: amount.value, allowances: [] })
 * }
 * ```
 */
export function createMemoryStore(): MemoryStore {
  const orders = new Map<string, Order>()
  const changes: Change[] = []
  const attempts: Attempt[] = []

  return {
    changes,
    attempts,
    open(expected) {
      const order = orders.get(expected.merchantUid) ?? openOrder(expected)
      orders.set(expected.merchantUid, order)
      return order
    },
    async find(merchantUid) {
      const order = orders.get(merchantUid)
      return order === undefined ? fail({ reason: 'order_unknown', merchantUid }) : ok(order)
    },
    async record(change) {
      const { merchantUid } = change.order
      const order = orders.get(merchantUid)
      if (order === undefined) return fail({ reason: 'order_unknown', merchantUid })
      const isTaken = [...orders.values()].some(
        (each) => each.impUid === change.payment.impUid && each.merchantUid !== merchantUid,
      )
      if (isTaken || order.sequence !== change.order.sequence) return ok(order)
      const changed = applyChange(change)
      orders.set(merchantUid, changed)
      changes.push(change)
      return ok(changed)
    },
    async note(attempt) {
      const { impUid, merchantUid, verdict } = attempt
      if (attempts.some((each) => each.impUid === impUid && each.merchantUid === merchantUid)) {
        return ok(null)
      }
      attempts.push(attempt)
      const order = orders.get(merchantUid)
      if (order !== undefined && verdict !== 'refused') {
        orders.set(merchantUid, { ...order, sequence: order.sequence + 1 })
      }
      return ok(null)
    },
  }
}
