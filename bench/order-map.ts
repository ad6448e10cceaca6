import type { BenchOrder, OrderState } from './order.ts'

/** The orders of a subject that has them in a map. */
export type OrderMap = Map<
  string,
  { readonly amount: number; status: string; imp_uid: string | null }
>

/** Adds the orders, unpaid. */
export function addOrders(map: OrderMap, orders: readonly BenchOrder[]): void {
  for (const { merchant_uid, amount } of orders) {
    map.set(merchant_uid, { amount, status: 'pending', imp_uid: null })
  }
}

/** Every order of the map; there are no events. */
export function toStates(map: OrderMap): readonly OrderState[] {
  return [...map].map(([merchant_uid, { imp_uid, status }]) => {
    return { merchant_uid, imp_uid, status, events: null }
  })
}
