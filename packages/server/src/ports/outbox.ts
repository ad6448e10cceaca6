import type { Result, StoreFailure } from '@quayside/core'
import type { EventState, StoredEvent } from '../domain/event.ts'

export type ReplayFailure = StoreFailure | { readonly reason: 'event_unknown' }

/** The events that wait to be told. */
export interface Outbox {
  /** Takes up to `count` events that are due, for as long as the lease lasts. */
  claim(count: number): Promise<Result<readonly StoredEvent[], StoreFailure>>
  /** Takes one event; null when it is not due, or not there. */
  claimOne(id: string): Promise<Result<StoredEvent | null, StoreFailure>>
  markDelivered(event: StoredEvent): Promise<Result<null, StoreFailure>>
  /** Says why a try failed and when the next is due; null gives the event up. */
  markFailed(
    event: StoredEvent,
    failure: string,
    dueAt: Date | null,
  ): Promise<Result<null, StoreFailure>>
  /** Up to `count` events of a state in the order of their ids, from the one after `after`. */
  list(
    state: EventState,
    after: string,
    count: number,
  ): Promise<Result<readonly StoredEvent[], StoreFailure>>
  /** Makes an event due once more, whatever became of it. */
  replay(id: string): Promise<Result<StoredEvent, ReplayFailure>>
}
