import type { MerchantUid, Result, StoreFailure } from '@quayside/core'
import type { LinkOutcome, NewPaymentLink, PaymentLink } from '../domain/payment-link.ts'

/** How many links {@link PaymentLinks.ofOrder} returns at most; an order gets no more. */
export const maxLinksPerOrder = 100

/** The payment links of orders. They are read now and then while they are open, so that none outlives its order. */
export interface PaymentLinks {
  /** Writes a link that the provider has created; due after 50 seconds. An id that exists stays as it is. */
  add(link: NewPaymentLink): Promise<Result<null, StoreFailure>>
  /** Returns one link; null when it does not exist. */
  find(id: string): Promise<Result<PaymentLink | null, StoreFailure>>
  /** Returns the links of an order, oldest first, at most {@link maxLinksPerOrder}; an empty list for an unknown order. */
  ofOrder(merchantUid: MerchantUid): Promise<Result<readonly PaymentLink[], StoreFailure>>
  /** Makes the open links of an order due at once. */
  wake(merchantUid: MerchantUid): Promise<Result<null, StoreFailure>>
  /**
   * Leases open links that are due, for 50 seconds.
   *
   * @param limit How many at most.
   */
  claim(limit: number): Promise<Result<readonly PaymentLink[], StoreFailure>>
  /**
   * Records what became of a link. One that is closed stays as it is.
   *
   * @param id Which link.
   * @param outcome Why it is closed; null while it stays open: due again after the lease, or after a quarter of its age
   * when that is longer.
   */
  settle(id: string, outcome: LinkOutcome | null): Promise<Result<null, StoreFailure>>
}
