/** A migrated database on a server of the test's own, with everything that can go wrong with it. */
export interface StormDatabase {
  /** Its address, for a user who may read and write its tables and nothing else. */
  readonly url: string
  /** Ends the server with SIGKILL. */
  kill(): Promise<void>
  /** Starts the server again on what is on its disk. */
  start(): Promise<void>
  /** Refuses every write until it is told to stop. */
  setReadOnly(isReadOnly: boolean): Promise<void>
  /** Refuses every new row, as a full disk does, until it is told to stop. */
  setFull(isFull: boolean): Promise<void>
  /** Locks rows of events and then orders, while the server locks orders and then writes events. */
  lockOnce(): Promise<void>
  /** How many transactions the server has ended because of others, since it was first started. */
  countConflicts(): number
  drop(): Promise<void>
}

/** The tables that get new rows. */
export const growing = [
  'orders',
  'outbox',
  'attempts',
  'cancels',
  'revocations',
  'reconciliation_issues',
  'poll_schedule',
] as const
