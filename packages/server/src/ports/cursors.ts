import type { Result, StoreFailure } from '@quayside/core'

/** Up to when a list of the provider has been read. */
export interface Cursors {
  /** Takes a mark, made at `startAt` if it is not there; null while somebody else holds it. */
  acquire(name: string, startAt: Date): Promise<Result<Date | null, StoreFailure>>
  /** Moves a mark that was taken, and gives it back. */
  release(name: string, at: Date): Promise<Result<null, StoreFailure>>
}
