import type { PlacedOrder } from './place-order.ts'

/** The last order of each visitor and basket. */
export interface OpenOrders {
  find(visitor: string, basket: Basket): PlacedOrder | null
  save(visitor: string, basket: Basket, order: PlacedOrder): void
}

/** What is bought; the same product in another quantity is another basket. */
export interface Basket {
  readonly product: string
  readonly quantity: number
}

/**
 * Keeps the orders in memory, which is enough for a demo; a real shop finds them in its order table. Above `max` the
 * oldest is dropped.
 */
export function createOpenOrders(max: number): OpenOrders {
  const orders = new Map<string, PlacedOrder>()
  const keyOf = (visitor: string, { product, quantity }: Basket) =>
    JSON.stringify([visitor, product, quantity])
  return {
    find: (visitor, basket) => orders.get(keyOf(visitor, basket)) ?? null,
    save: (visitor, basket, order) => {
      const key = keyOf(visitor, basket)
      orders.delete(key)
      orders.set(key, order)
      const [oldest] = orders.keys()
      if (orders.size > max && oldest !== undefined) orders.delete(oldest)
    },
  }
}
