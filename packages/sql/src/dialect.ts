/** How rows are leased: one statement that takes and returns them, or, where UPDATE returns nothing, two. */
export interface Claim {
  readonly take: string
  /** Moves the due time of the rows that `take` locked and returned; null where `take` does it. */
  readonly lease: string | null
}

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
    readonly select: string
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
    readonly markDelivered: string
    readonly markFailed: string
    readonly markUnsent: string
    readonly replay: string
    readonly select: string
    readonly selectPending: string
    readonly selectDelivered: string
    readonly selectFailedPermanently: string
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
  readonly issues: {
    readonly insertReported: string
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
}
