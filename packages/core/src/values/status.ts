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

/** The fields of a record that determine its status; amounts in minor units. */
export interface StatusFields {
  readonly status: string
  readonly amountMinor: number
  readonly cancelledMinor: number
  readonly payMethod: string | null
  readonly accountNumber: string | null
}

/**
 * Maps a record to its status. The refunded amount takes precedence over the wire status; an unknown wire
 * status is `pending`, on which nothing is decided.
 *
 * @see https://developers.portone.io/api/rest-v1/payment
 */
export function toPaymentStatus(fields: StatusFields): PaymentStatus {
  const { cancelledMinor, amountMinor } = fields
  if (cancelledMinor > 0) return cancelledMinor < amountMinor ? 'partially_cancelled' : 'cancelled'
  switch (fields.status) {
    case 'paid':
    case 'failed':
    case 'cancelled':
      return fields.status
    case 'ready':
      // A window that was opened and left is `ready` too: only the account number distinguishes the two.
      return fields.payMethod === 'vbank' && fields.accountNumber !== null
        ? 'vbank_issued'
        : 'pending'
    default:
      return 'pending'
  }
}

/** Whether money came, even if all of it was refunded since. An order may be asked too: `expired` is false. */
export function hasBeenPaid(status: PaymentStatus | 'expired'): boolean {
  return status === 'paid' || status === 'partially_cancelled' || status === 'cancelled'
}
