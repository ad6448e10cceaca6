import type { ImpUid, MerchantUid, Result, StoreFailure } from '@quayside/core'
import type { CancelState } from '../domain/cancel.ts'
import type { Revocation } from '../domain/revocation.ts'

/** Virtual accounts to be revoked. `OrderRepository.close` and `expire` write them, in their transaction. */
export interface Revocations {
  /**
   * Leases open revocations that are due, for 50 seconds.
   *
   * @param limit How many at most.
   */
  claim(limit: number): Promise<Result<readonly ImpUid[], StoreFailure>>
  /**
   * Records what is known about a revocation. A confirmed one stays confirmed. An open one (`requested`,
   * `unknown`) is due again after the lease, or after a quarter of its age when that is longer.
   *
   * @param impUid The payment of the account.
   * @param state What is known.
   * @param detail Why it was refused, or what it waits for; null without a reason.
   */
  settle(
    impUid: ImpUid,
    state: CancelState,
    detail: string | null,
  ): Promise<Result<null, StoreFailure>>
  /** Returns the revocations of an order, by payment, at most 100; an empty list for an unknown order. */
  ofOrder(merchantUid: MerchantUid): Promise<Result<readonly Revocation[], StoreFailure>>
}
