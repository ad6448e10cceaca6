import type { Result, StoreFailure } from '@quayside/core'
import type { EventState, StoredEvent } from '../domain/event.ts'

/** Why a replay failed: the event does not exist, or the store is unavailable. */
export type ReplayFailure = StoreFailure | { readonly reason: 'event_unknown' }

/** A claimed event and the result of its try. */
export interface SettledTry {
  /** The event as it was claimed. */
  readonly event: StoredEvent
  /** What came of it. */
  readonly result:
    | { readonly kind: 'delivered' }
    /** Why it failed, and when the next try is due; null when the event has failed permanently. */
    | { readonly kind: 'failed'; readonly failure: string; readonly dueAt: Date | null }
    /** Not tried: due again at once, and the try does not count. */
    | { readonly kind: 'unsent' }
}

/** The events, which are written together with what they report, and sent from here. */
export interface Outbox {
  /**
   * Leases events that are due, for 30 seconds, and counts a try for each. Must not be repeated when its
   * response is lost: the events are due again when the lease ends.
   *
   * @param count How many at most.
   */
  claim(count: number): Promise<Result<readonly StoredEvent[], StoreFailure>>
  /** Leases one event like {@link Outbox.claim}; null when it is not due or does not exist. */
  claimOne(id: string): Promise<Result<StoredEvent | null, StoreFailure>>
  /**
   * Records the results of tries, in one transaction. That an event arrived is recorded whether or not its lease
   * still holds; any other result only if the event was neither leased again nor delivered since.
   */
  settle(tries: readonly SettledTry[]): Promise<Result<null, StoreFailure>>
  /**
   * Returns a page of events in one state, by id.
   *
   * @param state Which events.
   * @param after The last id of the page before; empty for the first page.
   * @param count How many at most.
   */
  list(
    state: EventState,
    after: string,
    count: number,
  ): Promise<Result<readonly StoredEvent[], StoreFailure>>
  /**
   * Makes an event due again with no tries counted, whatever its state.
   *
   * @returns The event then. Fails with `event_unknown` or `store_unavailable`.
   */
  replay(id: string): Promise<Result<StoredEvent, ReplayFailure>>
}
