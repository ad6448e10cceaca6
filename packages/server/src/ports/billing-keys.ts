import type { MerchantUid, Mode, Payee, Result, StoreFailure } from '@quayside/core'
import type {
  BillingKey,
  BillingKeyChange,
  BillingKeyEvent,
  NewBillingKey,
} from '../domain/billing-key.ts'

/** How many keys of a customer {@link BillingKeys.usableKeys} returns at most. */
export const maxUsableKeys = 20

/** A billing key after a change, and whether this call wrote it. */
export interface ChangedBillingKey {
  /** The key as the store has it now. */
  readonly key: BillingKey
  /** False when somebody else changed it first. */
  readonly isWritten: boolean
}

/**
 * The registrations of means of payment, and their billing keys. All calls fail with `store_unavailable`.
 *
 * The `customer_uid` of a key ends with its payee ({@link toKeyOf}), so that keys of two accounts never have one id. Where a call takes
 * a payee, it is about the keys of this payee alone; left out, about those of the account that needs no name.
 */
export interface BillingKeys {
  /**
   * Writes a registration with the state `pending`, and plans its first poll 30 seconds later, unless another one has its
   * `customer_uid`.
   *
   * @returns The registration with this `customer_uid`, as it is stored.
   */
  create(key: NewBillingKey): Promise<Result<BillingKey, StoreFailure>>
  /** Returns a registration by the `merchant_uid` of its window; null when it does not exist. */
  find(registrationId: MerchantUid): Promise<Result<BillingKey | null, StoreFailure>>
  /** Returns a registration by its `customer_uid`; null when it does not exist. */
  findByKey(customerUid: string): Promise<Result<BillingKey | null, StoreFailure>>
  /**
   * Returns those of the keys that exist, in any state and any order.
   *
   * @param customerUids One for each payee at most.
   */
  findAmong(customerUids: readonly string[]): Promise<Result<readonly BillingKey[], StoreFailure>>
  /** Returns those of the ids whose registrations exist, in any state, each with its payee. */
  existing(
    registrationIds: readonly MerchantUid[],
  ): Promise<Result<ReadonlyMap<string, Payee | undefined>, StoreFailure>>
  /**
   * Returns a page of the registrations of a customer with one payee, in any state, by id.
   *
   * @param after The last id of the page before; empty for the first page.
   * @param count How many at most.
   */
  ofCustomer(
    customerId: string,
    mode: Mode,
    after: string,
    count: number,
    payee?: Payee,
  ): Promise<Result<readonly BillingKey[], StoreFailure>>
  /**
   * Returns the keys of a customer that may be charged, in the order of preference: registered, not deleted, of this mode and
   * payee, and of no card that is known to have ended.
   *
   * @returns Their `customer_uid`, at most {@link maxUsableKeys}.
   */
  usableKeys(
    customerId: string,
    mode: Mode,
    payee?: Payee,
  ): Promise<Result<readonly string[], StoreFailure>>
  /**
   * Writes a change, raises the sequence by one, and writes its event in the same transaction, unless the key changed since it
   * was read. A key that is `registered` or `deleting` then wakes the subscriptions of its customer, in the same transaction: the
   * next charge may be made with it at once, and no step that was decided before it was given up is written.
   *
   * @param before The key as it was read.
   * @param change What changes.
   * @param event The type of its event; null without one.
   * @returns The key as it is then. Repeated after its response was lost, the call writes nothing, and says so.
   */
  change(
    before: BillingKey,
    change: Partial<BillingKeyChange>,
    event: BillingKeyEvent | null,
  ): Promise<Result<ChangedBillingKey, StoreFailure>>
  /** Plans the next poll of a key, unless it changed since it was read; null for never again. */
  plan(key: BillingKey, dueAt: Date | null): Promise<Result<null, StoreFailure>>
  /**
   * Leases keys that are due, for 50 seconds, the longest overdue first.
   *
   * @param limit How many at most.
   */
  claim(limit: number): Promise<Result<readonly BillingKey[], StoreFailure>>
  /**
   * Writes the order of preference of a customer's keys with one payee: the first key is charged first, and keys that are not named follow.
   * Wakes the subscriptions of the customer in the same transaction.
   *
   * @param customerUids At most {@link maxUsableKeys}.
   */
  prefer(
    customerId: string,
    mode: Mode,
    customerUids: readonly string[],
    payee?: Payee,
  ): Promise<Result<null, StoreFailure>>
  /** Gives a key the preference of the key that it replaces. */
  takePreference(key: BillingKey, of: BillingKey): Promise<Result<null, StoreFailure>>
  /**
   * Deletes registrations that failed and were created before an instant, the oldest first.
   *
   * @returns How many were deleted.
   */
  deleteFailed(before: Date, most: number): Promise<Result<number, StoreFailure>>
}
