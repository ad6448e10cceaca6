import type {
  Payee,
  Result,
  StoreFailure,
  SubscriptionId,
  SubscriptionStatus,
  SubscriptionWrite,
} from '@quayside/core'
import type { BuyerDetails } from '../domain/buyer-details.ts'
import type { StoredAttempt, StoredSubscription } from '../domain/stored-subscription.ts'

/** How many subscriptions one call reads or leases at most. */
export const maxSubscriptionsPerRead = 100

/**
 * The subscriptions and their attempts. A change of an order with the id of an attempt wakes its subscription, in the
 * transaction of the order (`OrderRepository.record`, `close`, `expire`): it is due at once, also when it is leased or has
 * ended, and whoever decides on what was read before changes nothing. A billing key wakes the subscriptions of its customer
 * likewise (`BillingKeys.change`, `prefer`), apart from those that were cancelled or have ended. Every call fails with
 * `store_unavailable`.
 */
export interface Subscriptions {
  /**
   * Creates a subscription unless it exists, with the events of its first write, due when the write says.
   *
   * @returns The subscription that exists then: one with another request is returned as it is. Null when an order of the
   * merchant has an id that one of its attempts would get.
   */
  create(created: NewSubscription): Promise<Result<CreatedSubscription | null, StoreFailure>>
  /**
   * Returns subscriptions with their open attempts, in any order; unknown ids are left out. The order of an attempt that was
   * closed unpaid counts as `expired`: only one that was refunded is `cancelled`.
   *
   * @param ids At most {@link maxSubscriptionsPerRead}.
   */
  read(ids: readonly SubscriptionId[]): Promise<Result<readonly StoredSubscription[], StoreFailure>>
  /**
   * Writes a step, unless the subscription was written since it was read: the subscription, its attempts, the order of
   * each attempt that is new with its first poll 30 seconds later, and the events. An attempt that no decision needs any more
   * is read no more with its subscription.
   *
   * @param read The subscription as it was read.
   * @param write What a decision or a command changes.
   * @returns The subscription as it was written, equal to what {@link Subscriptions.read} returns then. Null when this call has
   * not written it for certain: it was written since it was read, it does not exist, or the answer was lost. Read it again.
   */
  write(
    read: StoredSubscription,
    write: SubscriptionWrite,
  ): Promise<Result<StoredSubscription | null, StoreFailure>>
  /** Leases subscriptions that are due, for 50 seconds, the longest overdue first. */
  claim(limit: number): Promise<Result<readonly SubscriptionId[], StoreFailure>>
  /** Returns how many are due now, counted up to `most`. Those that are leased are not due. */
  countDue(most: number): Promise<Result<number, StoreFailure>>
  /** Makes subscriptions due now, whatever they wait for. Unknown ids are left out. */
  wake(ids: readonly SubscriptionId[]): Promise<Result<null, StoreFailure>>
  /**
   * Replaces what charges tell the provider of the buyer. Whoever decides on what was read before writes nothing.
   *
   * @param id The subscription.
   * @param buyer What replaces it.
   * @param request The stored request without the details that were replaced.
   * @returns The subscription as it is then, with its open attempts; null when it does not exist.
   */
  changeBuyer(
    id: SubscriptionId,
    buyer: BuyerDetails,
    request: string,
  ): Promise<Result<StoredSubscription | null, StoreFailure>>
  /**
   * Returns a page of subscriptions by id, without their attempts.
   *
   * @param filter All of them without a filter.
   * @param after The last id of the page before; empty for the first page.
   * @param count How many at most.
   */
  list(
    filter: SubscriptionFilter,
    after: string,
    count: number,
  ): Promise<Result<readonly StoredSubscription[], StoreFailure>>
  /**
   * Returns a page of the attempts of a subscription, the newest first.
   *
   * @param before The period and the number of the last attempt of the page before; null for the first page.
   * @param count How many at most.
   */
  attempts(
    id: SubscriptionId,
    before: AttemptPlace | null,
    count: number,
  ): Promise<Result<readonly StoredAttempt[], StoreFailure>>
}

/** A subscription that is about to be created. */
export interface NewSubscription
  extends Pick<StoredSubscription, 'customerId' | 'name' | 'request' | 'payee'> {
  /** What opening it writes. */
  readonly write: SubscriptionWrite
}

/** A subscription and whether this call created it. */
export interface CreatedSubscription extends StoredSubscription {
  /** False when it existed with the same request. */
  readonly isNew: boolean
}

/** Which subscriptions. */
export interface SubscriptionFilter {
  /** Those of one buyer; of all, when it is left out. */
  readonly customerId?: string | undefined
  /** Those of one status; of all, when it is left out. */
  readonly status?: SubscriptionStatus | undefined
  /** Those of every payee where it is left out. */
  readonly payee?: Payee | undefined
}

/** The place of an attempt among those of its subscription. */
export interface AttemptPlace {
  /** The period of the attempt, from 1. */
  readonly period: number
  /** The number of the attempt within its period, from 1. */
  readonly number: number
}
