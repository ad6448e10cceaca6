import { applyChange, type Change } from '../order/change.ts'
import { type ExpectedOrder, type Order, openOrder } from '../order/order.ts'
import type { MerchantUid } from '../values/ids.ts'
import { fail, ok, type Result } from '../values/result.ts'
import type { Attempt, OrderStore, StoreFailure } from './store.ts'

/** An {@link OrderStore} in memory, whose contents can be read. */
export interface MemoryStore extends OrderStore {
  /** Creates an order and returns it; an existing order stays as it is. */
  open(expected: ExpectedOrder): Order
  /** Every recorded change, oldest first: what a durable store would write to its outbox. */
  readonly changes: readonly Change[]
  /** Every recorded attempt, oldest first. */
  readonly attempts: readonly Attempt[]
}

/**
 * Creates an order store in memory, for tests and first steps. It fulfils the contract of {@link OrderStore} within
 * one process; its contents end with the process.
 *
 * @returns An empty store.
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
  /** The order of each payment that an order has. */
  const owners = new Map<string | null, string>()
  const changes: Change[] = []
  const attempts: Attempt[] = []
  /** Where each attempt is in `attempts`. */
  const places = new Map<string, number>()

  // No operation awaits between reading and writing, so each is one transaction.
  const read = (merchantUid: MerchantUid): Result<Order, StoreFailure> => {
    const order = orders.get(merchantUid)
    return order === undefined ? fail({ reason: 'order_unknown', merchantUid }) : ok(order)
  }
  // No id contains a line break.
  const toKey = ({ order, payment }: Change | Attempt) => `${payment.impUid}\n${order.merchantUid}`

  return {
    changes,
    attempts,
    find: async (merchantUid) => read(merchantUid),
    open(expected) {
      const order = orders.get(expected.merchantUid) ?? openOrder(expected)
      orders.set(expected.merchantUid, order)
      return order
    },
    async record(change) {
      const { merchantUid, sequence } = change.order
      const found = read(merchantUid)
      if (!found.ok || found.value.sequence !== sequence) return found
      const isTaken = (owners.get(change.payment.impUid) ?? merchantUid) !== merchantUid
      const attempt = attempts[places.get(toKey(change)) ?? -1]
      if (isTaken || attempt?.outcome === 'refunded') return found
      const changed = applyChange(change)
      orders.set(merchantUid, changed)
      owners.delete(found.value.impUid)
      owners.set(changed.impUid, merchantUid)
      changes.push(change)
      return ok(changed)
    },
    async recordAttempt(attempt) {
      const { order, outcome } = attempt
      const found = read(order.merchantUid)
      if (!found.ok || (outcome !== 'refused' && found.value.sequence !== order.sequence))
        return found
      // An account that was refused may be paid into later.
      const place = places.get(toKey(attempt)) ?? attempts.length
      const earlier = attempts[place]
      if (earlier && (earlier.outcome !== 'refused' || outcome === 'refused')) return ok(null)
      attempts[place] = attempt
      places.set(toKey(attempt), place)
      if (outcome === 'duplicate_paid' || outcome === 'late_paid') {
        orders.set(order.merchantUid, { ...found.value, sequence: order.sequence + 1 })
      }
      return ok(null)
    },
  }
}
