import type { EscrowChange, Order, Result, StoreFailure } from '@quayside/core'

/**
 * Keeps what became of a payment in escrow, once, however often it is called. The payment was looked up: it is the one that
 * the order was paid by, and in escrow. What became of it only the webhook says.
 *
 * @param order The order as it was read.
 * @returns Whether the change was new. Fails with `store_unavailable`, after which the provider sends the webhook again.
 */
export type RecordEscrowChange = (
  order: Order,
  change: EscrowChange,
) => Promise<Result<{ readonly isNew: boolean }, StoreFailure>>

/** Why what a webhook says about escrow was not recorded. */
export type EscrowRefusal =
  /** Not from an address of the provider. */
  | 'sender_unknown'
  | 'order_unknown'
  /** Not the payment that the order was paid by. */
  | 'order_mismatch'
  | 'not_in_escrow'
