import type { ImpUid, MerchantUid, Money, PaymentStatus } from '@quayside/core'
import type { Cancel } from './cancel.ts'
import type { StoredEvent } from './event.ts'
import type { ReconciliationIssue } from './reconciliation-issue.ts'
import type { Revocation } from './revocation.ts'

/**
 * What was found about a payment that was offered for an order:
 * - `accepted`: the order has, or had, this payment;
 * - `refused`: it did not match the order;
 * - `duplicate_paid`, `late_paid`: it has money that the order does not account for;
 * - `refunded`: another payment of the order, refunded before the order had it.
 */
export type PaymentVerdict = 'accepted' | 'refused' | 'duplicate_paid' | 'late_paid' | 'refunded'

/** A payment that was offered for an order and looked up, as its record was then. */
export interface RecordedAttempt {
  /** The payment that was offered. */
  readonly impUid: ImpUid
  /** What was found about it. */
  readonly verdict: PaymentVerdict
  /** Why it was refused; null for other verdicts. */
  readonly reason: string | null
  /** The order that the payment itself names. */
  readonly paymentMerchantUid: MerchantUid
  /** The status of its record. */
  readonly paymentStatus: PaymentStatus
  /** The amount of its record. */
  readonly amount: Money
  /** What of it was refunded by then. */
  readonly cancelled: Money
  /** The method that was used at last; null where the record has none. */
  readonly payMethod: string | null
  /** The provider's code of the PG; null where the record has none. */
  readonly pgProvider: string | null
  /** Null when the record does not show it. */
  readonly isSandbox: boolean | null
  /** When the record was read. */
  readonly recordedAt: Date
}

/** Something that happened to an order. */
export type HistoryEntry =
  | { readonly kind: 'attempt'; readonly attempt: RecordedAttempt }
  | { readonly kind: 'reconciliation_issue'; readonly issue: ReconciliationIssue }
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'cancel'; readonly cancel: Cancel }
  | { readonly kind: 'revocation'; readonly revocation: Revocation }

/** The kinds in the order in which entries of one instant are listed: a verdict comes before what follows from it. */
export const historyKinds = [
  'attempt',
  'reconciliation_issue',
  'event',
  'cancel',
  'revocation',
] as const satisfies readonly HistoryEntry['kind'][]

/** The place of an entry in the history of its order; `id` is unique among those of a kind. */
export interface HistoryPosition {
  /** Milliseconds since 1970. */
  readonly at: number
  /** The kind of the entry: entries of one instant are listed by it. */
  readonly kind: HistoryEntry['kind']
  /** The id of the entry. */
  readonly id: string
}

/** A page of a history. */
export interface HistoryPage {
  /** The oldest first. */
  readonly entries: readonly HistoryEntry[]
  /** Where the next page begins; null on the last one. */
  readonly next: HistoryPosition | null
}

/** Returns the place of an entry. */
export function toHistoryPosition(entry: HistoryEntry): HistoryPosition {
  const { kind } = entry
  switch (kind) {
    case 'attempt':
      return { at: entry.attempt.recordedAt.getTime(), kind, id: entry.attempt.impUid }
    case 'reconciliation_issue':
      return { at: entry.issue.createdAt.getTime(), kind, id: entry.issue.id }
    case 'event':
      return { at: entry.event.createdAt.getTime(), kind, id: entry.event.id }
    case 'cancel': {
      const { impUid, balance, requestedAt } = entry.cancel
      return { at: requestedAt.getTime(), kind, id: `${impUid}:${balance.minor}` }
    }
    case 'revocation':
      return { at: entry.revocation.requestedAt.getTime(), kind, id: entry.revocation.impUid }
  }
}

/** Compares two places: negative when the first comes first. */
export function compareHistory(a: HistoryPosition, b: HistoryPosition): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.kind !== b.kind) return historyKinds.indexOf(a.kind) - historyKinds.indexOf(b.kind)
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}
