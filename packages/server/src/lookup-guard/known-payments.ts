import type { MerchantUid } from '@quayside/core'
import { dropOldest } from './drop-oldest.ts'
import type { RecordKey } from './record-key.ts'

/** What a notice says it is about; one from a page that sends only the payment names no order. */
export interface NamedPayment {
  readonly record: RecordKey
  readonly merchantUid: MerchantUid | null
}

/** Payments whose order a lookup has shown. */
export interface KnownPayments {
  /** Whether the payment belongs to the order that is named, or to any when none is. */
  has(named: NamedPayment): boolean
  add(record: RecordKey, merchantUid: string): void
}

/** Makes an empty collection; the oldest payments are dropped first. */
export function createKnownPayments(maxPayments: number): KnownPayments {
  const orders = new Map<RecordKey, string>()
  return {
    has({ record, merchantUid }) {
      const owner = orders.get(record)
      return owner !== undefined && (merchantUid === null || owner === merchantUid)
    },
    add(record, merchantUid) {
      orders.delete(record)
      orders.set(record, merchantUid)
      dropOldest(orders, maxPayments)
    },
  }
}
