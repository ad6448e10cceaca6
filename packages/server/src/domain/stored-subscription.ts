import type { ChargeAttempt, ImpUid, Payee, Subscription } from '@quayside/core'
import type { BuyerDetails } from './buyer-details.ts'

/** A subscription with the columns of its row that no decision uses, and its open attempts. */
export interface StoredSubscription {
  /** The subscription, as core decides on it. */
  readonly subscription: Subscription
  /** The merchant's id of its buyer. */
  readonly customerId: string
  /** The name of its orders, as the provider shows it to the buyer. */
  readonly name: string
  /** What was requested when it was created, as JSON: the same request again is the same text. Once `buyer` is there, without the buyer's details. */
  readonly request: string
  /** The attempts that a decision needs, by period and number. */
  readonly attempts: readonly StoredAttempt[]
  /** Counts the writes of the row, those that wake it included. A writer passes the one it read. */
  readonly revision: number
  /** When a job reads it next: the end of a lease, the time that was decided, or the time at which it was woken. */
  readonly dueAt: Date | null
  /** When the row was written first. */
  readonly createdAt: Date
  /** When the row was written last. */
  readonly updatedAt: Date
  /** In whose account it is charged; left out for the account that needs no name. */
  readonly payee?: Payee
  /** What replaces the buyer's details of the request; left out while nobody changed them. */
  readonly buyer?: BuyerDetails
}

/** An attempt with what its order has. */
export interface StoredAttempt extends ChargeAttempt {
  /** The payment of its order; null without one. */
  readonly impUid: ImpUid | null
  /** When the money of its order came; null before. */
  readonly paidAt: Date | null
}
