/**
 * What a payment record amounts to. The four words of the wire become six states: a `cancelled` record
 * may have money left, and a `ready` one may or may not have a virtual account.
 */
export type PaymentStatus =
  | 'pending'
  | 'vbank_issued'
  | 'paid'
  | 'failed'
  | 'partially_cancelled'
  | 'cancelled'

/** The fields of a record that its state is computed from; amounts in minor units. */
export interface StatusFields {
  readonly status: string
  readonly amountMinor: number
  readonly cancelledMinor: number
  readonly payMethod: string | null
  readonly accountNumber: string | null
}

/**
 * Maps a record to its state. What was given back counts before the status word; an unknown word is
 * `pending`: ask again, decide nothing.
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
      // A window that was opened and left is "ready" too: only the account number tells them apart.
      return fields.payMethod === 'vbank' && fields.accountNumber !== null
        ? 'vbank_issued'
        : 'pending'
    default:
      return 'pending'
  }
}
