import type { ImpUid, MerchantUid } from '@quayside/core'

/** What a notice says it is about; one from a page that sends only the payment names no order. */
export interface NamedPayment {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid | null
}

/** Payments whose order a lookup has shown. */
export interface KnownPayments {
  /** Whether the payment belongs to the order that is named, or to any when none is. */
  has(named: NamedPayment): boolean
  add(impUid: ImpUid, merchantUid: string): void
}

/** Makes an empty collection; the oldest payments are dropped first. */
export function createKnownPayments(maxPayments: number): KnownPayments {
  const orders = new Map<ImpUid, string>()
  return {
    has({ impUid, merchantUid }) {
      const owner = orders.get(impUid)
      return owner !== undefined && (merchantUid === null || owner === merchantUid)
    },
    add(impUid, merchantUid) {
      orders.delete(impUid)
      orders.set(impUid, merchantUid)
      for (const oldest of orders.keys()) {
        if (orders.size <= maxPayments) break
        orders.delete(oldest)
      }
    },
  }
}
