import type { Money } from './money.ts'

/**
 * The status of a payment. The four statuses of the wire become six: a `cancelled` record may be cancelled
 * in part only, and a `ready` one may or may not have a virtual account.
 */
export type PaymentStatus =
  | 'pending'
  | 'vbank_issued'
  | 'paid'
  | 'failed'
  | 'partially_cancelled'
  | 'cancelled'

/** What determines the status of a record beside its wire status and the number of its account. */
export interface StatusFields {
  readonly amount: Money
  readonly cancelled: Money
  readonly payMethod: string | null
}

/**
 * Maps a record to its status. The refunded amount takes precedence over the wire status; an unknown wire
 * status is `pending`, on which nothing is decided.
 *
 * @see https://developers.portone.io/api/rest-v1/payment
 */
export function toPaymentStatus(
  wireStatus: string,
  accountNumber: string | null,
  { amount, cancelled, payMethod }: StatusFields,
): PaymentStatus {
  if (cancelled.minor > 0) {
    return cancelled.minor < amount.minor ? 'partially_cancelled' : 'cancelled'
  }
  switch (wireStatus) {
    case 'paid':
    case 'failed':
    case 'cancelled':
      return wireStatus
    default:
      // A window that was opened and left is `ready` too: only the account number distinguishes the two.
      return wireStatus === 'ready' && payMethod === 'vbank' && accountNumber !== null
        ? 'vbank_issued'
        : 'pending'
  }
}

/** Whether money came, even if all of it was refunded since. An order may be asked too: `expired` is false. */
export function hasBeenPaid(status: PaymentStatus | 'expired'): boolean {
  return status === 'paid' || status === 'partially_cancelled' || status === 'cancelled'
}
