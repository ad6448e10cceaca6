/** One order of the benchmark and its payment, with wire names. */
export interface BenchOrder {
  readonly merchant_uid: string
  readonly imp_uid: string
  readonly amount: number
}

/** An order after a run, in either server. */
export interface OrderState {
  readonly merchant_uid: string
  readonly imp_uid: string | null
  readonly status: string
  /** How many events the merchant receives of the payment; null where the server has no events. */
  readonly events: number | null
}

/** Provides orders that no run has used before, so that every request is a first completion. */
export interface OrderPool {
  take(count: number): readonly BenchOrder[]
  readonly taken: readonly BenchOrder[]
}

/** Creates an empty pool; the prefix separates the orders of two subjects at the upstream they share. */
export function createOrderPool(prefix: string): OrderPool {
  const taken: BenchOrder[] = []
  return {
    taken,
    take(count) {
      const fresh = Array.from({ length: count }, (_, n) => toOrder(prefix, taken.length + n))
      taken.push(...fresh)
      return fresh
    },
  }
}

function toOrder(prefix: string, n: number): BenchOrder {
  // Amounts differ from order to order, so that a payment compared with the wrong order is noticed.
  return {
    merchant_uid: `order-${prefix}-${n}`,
    imp_uid: `imp_${prefix}_${n}`,
    amount: 1_000 + (n % 9_000),
  }
}

/** What is wrong with orders that should all be paid, each by its own payment and with one event: one text for each such order. */
export function findProblems(
  orders: readonly BenchOrder[],
  states: readonly OrderState[],
): readonly string[] {
  const found = new Map(states.map((state) => [state.merchant_uid, state]))
  return orders
    .map(({ merchant_uid, imp_uid }) => problemOf(imp_uid, found.get(merchant_uid)))
    .filter((problem) => problem !== null)
}

function problemOf(impUid: string, state: OrderState | undefined): string | null {
  if (state?.status !== 'paid') return 'not paid'
  if (state.imp_uid !== impUid) return 'paid by another payment'
  return state.events === null || state.events === 1 ? null : `with ${state.events} events`
}

/** How many orders are not paid exactly once by their own payment. */
export function countWrong(orders: readonly BenchOrder[], states: readonly OrderState[]): number {
  return findProblems(orders, states).length
}

/** How many of the orders are recorded as paid. */
export function countPaid(orders: readonly BenchOrder[], states: readonly OrderState[]): number {
  const ids = new Set(orders.map(({ merchant_uid }) => merchant_uid))
  return states.filter(({ merchant_uid, status }) => ids.has(merchant_uid) && status === 'paid')
    .length
}
