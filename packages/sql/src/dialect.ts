import type { Scalar, Statement } from './driver.ts'

/** Returns the statements that lease rows until a time. The first returns the rows. */
export type Claim = (values: readonly Scalar[], leaseEnd: number) => readonly Statement[]

/** Leases rows by one statement. */
export function takeBy(text: string): Claim {
  return (values) => [{ text, values }]
}

/** The result of a try as it is written: the event, the lease unless it does not matter, when it is due again, and why. */
export interface TryRow {
  readonly kind: 'delivered' | 'failed' | 'unsent'
  readonly values: readonly Scalar[]
}

/** Returns the statements that write rows, of which there is at least one. */
type WriteRows<Row> = (rows: readonly Row[], at: number) => readonly Statement[]

/**
 * Every statement of the store in the words of one database. All texts are constant; values are bound. A text that is null
 * is not needed there: the statement that it guards has the guard in itself.
 */
export interface Dialect {
  readonly guards: {
    /** Locks the row of an order: its attempts change under this lock only. */
    readonly lockOrder: string | null
    /** Locks the row of an order if it still has the sequence that was read. */
    readonly lockUnchanged: string | null
    readonly record: string | null
    readonly refused: string | null
    readonly unmatched: string | null
  }
  readonly orders: {
    readonly insert: string
    readonly markPrepared: string
    readonly update: string
    readonly close: string
    readonly expire: string
    readonly incrementSequence: string
    /** The same unless the order changed, or has this event or too many of its kind. */
    readonly incrementForEscrow: string
    readonly select: string
    /** The same, and whatever the transaction read before: what another one has committed since is seen. */
    readonly selectCommitted: string
    readonly selectMany: string
    readonly selectPaid: string
  }
  readonly attempts: {
    readonly insertAccepted: string
    readonly insertRefused: string
    readonly insertUnmatched: string
    readonly selectUnaccepted: string
  }
  readonly outbox: {
    readonly insert: string
    readonly claimDue: Claim
    readonly claimOne: Claim
    readonly settle: WriteRows<TryRow>
    readonly replay: string
    readonly select: string
    readonly selectPending: string
    readonly selectDelivered: string
    readonly selectFailedPermanently: string
  }
  readonly backlog: {
    readonly pendingEvents: string
    readonly failedEvents: string
    readonly openIssues: string
  }
  readonly cancels: {
    /** One of them changes a row when the intent is written. */
    readonly open: readonly string[]
    readonly settle: string
    readonly claimDue: Claim
    readonly selectOfOrder: string
  }
  readonly revocations: {
    readonly insert: string
    /** The same after a payment of the order. */
    readonly insertOther: string
    readonly settle: string
    readonly claimDue: Claim
    readonly selectOfOrder: string
  }
  readonly paymentLinks: {
    readonly insert: string
    readonly select: string
    readonly selectOfOrder: string
    readonly wake: string
    readonly settle: string
    readonly claimDue: Claim
  }
  readonly issues: {
    /** Inserts issues that no order's policy is about, each with its event: a row ends with the payload. */
    readonly insertReported: WriteRows<readonly Scalar[]>
    readonly insertUnmatched: string
    readonly insertEvent: string
    readonly claimDue: Claim
    readonly close: string
    readonly closeById: string
    readonly postpone: string
    readonly select: string
    readonly selectOpen: string
    readonly selectAll: string
    readonly selectExisting: string
    readonly selectAccountedFor: string
  }
  readonly polls: {
    readonly insert: string
    /** The same after an account was issued for the order. */
    readonly insertOfAccount: string
    readonly claimDue: Claim
    readonly upsertMany: string
    readonly deleteMany: string
  }
  readonly cursors: {
    readonly insert: string
    readonly acquire: Claim
    readonly position: string
    readonly release: string
  }
  readonly retention: {
    readonly deleteDeliveredEvents: string
    readonly deleteRefusals: string
  }

  readonly identityVerifications: {
    readonly insert: string
    readonly select: string
    /** Locks the row of a verification if it still has the sequence that was read. */
    readonly lockUnchanged: string | null
    /** Returns a row unless another verification has the record, or the person. */
    readonly guardResult: string | null
    readonly recordResult: string
    readonly use: string
    readonly requestDeletion: string
    readonly settleDeletion: string
    readonly claimDeletions: Claim
    readonly deleteExpired: string
    /** Empties the columns of expired ones whose record is still to be deleted. */
    readonly eraseExpired: string
  }
  readonly billingKeys: {
    readonly insert: string
    readonly select: string
    readonly selectByKey: string
    readonly selectAmong: string
    readonly selectOfCustomer: string
    readonly selectUsable: string
    readonly selectExisting: string
    readonly update: string
    readonly plan: string
    readonly claimDue: Claim
    readonly resetPreferences: string
    readonly setPreference: string
    readonly deleteFailed: string
  }
  readonly orderLists: {
    readonly selectByCreation: string
    readonly selectByPayment: string
    readonly selectById: string
  }
  readonly orderHistories: {
    readonly selectEvents: string
    readonly selectEventsOfIssue: string
    /** What was refused, and what is unmatched. */
    readonly selectAttempts: readonly string[]
    /** Those of a list of payments, each with its order. */
    readonly selectAccepted: string
    readonly selectIssues: string
  }
  readonly subscriptions: {
    /** Unless it exists, or an order has an id that one of its attempts would get. */
    readonly insert: string
    readonly update: string
    readonly upsertAttempt: string
    /** Inserts the order of an attempt. */
    readonly insertOrder: string
    readonly wake: string
    readonly wakeCustomer: string
    readonly changeBuyer: string
    readonly reopenAttempt: string
    readonly claimDue: Claim
    readonly countDue: string
    readonly select: string
    readonly selectMany: string
    /** The attempts that decisions need, each with its order. */
    readonly selectOpenAttempts: string
    readonly selectAttempts: string
    readonly selectAll: string
    readonly selectOfCustomer: string
    readonly selectOfPayee: string
    readonly selectOfPayeeAndStatus: string
    readonly selectOfStatus: string
  }
}
