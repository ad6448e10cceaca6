/** One order of the benchmark and the payment that belongs to it, in the names of the wire. */
export interface BenchOrder {
  readonly merchant_uid: string
  readonly imp_uid: string
  readonly amount: number
}

/** How an order stands after a run, whoever kept it. */
export interface Standing {
  readonly merchant_uid: string
  readonly imp_uid: string | null
  readonly status: string
  /** How often the merchant was told of the payment; null where nobody is told. */
  readonly events: number | null
}

/** Hands out orders that no run has used before, so that every request is a first completion. */
export interface OrderBook {
  take(count: number): readonly BenchOrder[]
  readonly taken: readonly BenchOrder[]
}

/** Starts a book; the prefix keeps the orders of two subjects apart at the upstream they share. */
export function createOrderBook(prefix: string): OrderBook {
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
  // Amounts differ from order to order, so that a payment held against the wrong order is seen.
  return {
    merchant_uid: `order-${prefix}-${n}`,
    imp_uid: `imp_${prefix}_${n}`,
    amount: 1_000 + (n % 9_000),
  }
}

/** How many orders do not stand as one payment each must leave them. */
export function countWrong(orders: readonly BenchOrder[], standings: readonly Standing[]): number {
  const found = new Map(standings.map((standing) => [standing.merchant_uid, standing]))
  const isRight = ({ merchant_uid, imp_uid }: BenchOrder): boolean => {
    const standing = found.get(merchant_uid)
    if (standing?.status !== 'paid' || standing.imp_uid !== imp_uid) return false
    return standing.events === null || standing.events === 1
  }
  return orders.filter((order) => !isRight(order)).length
}

/** How many of the orders were taken for paid. */
export function countPaid(orders: readonly BenchOrder[], standings: readonly Standing[]): number {
  const asked = new Set(orders.map(({ merchant_uid }) => merchant_uid))
  return standings.filter(
    ({ merchant_uid, status }) => asked.has(merchant_uid) && status === 'paid',
  ).length
}
