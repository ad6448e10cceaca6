import type { Result } from '@quayside/core'

/** Why the database cannot be used. `cause` is for the log only. */
export type HealthFailure =
  | { readonly reason: 'store_unavailable'; readonly cause: unknown }
  /** The newest migration that this version needs was not applied. */
  | { readonly reason: 'database_not_migrated'; readonly cause?: unknown }

/** Whether the database can be used by this version of the server. */
export interface Health {
  /** Reads once, writes nothing. */
  check(): Promise<Result<null, HealthFailure>>
}
