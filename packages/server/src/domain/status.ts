import type { OrderStatus, PaymentStatus, SubscriptionStatus } from '@quayside/core'

/** Every status of an order. */
export const orderStatuses = [
  'pending',
  'vbank_issued',
  'paid',
  'failed',
  'partially_cancelled',
  'cancelled',
  'expired',
] as const satisfies readonly OrderStatus[]

/** Every status of a subscription. */
export const subscriptionStatuses = [
  'trialing',
  'active',
  'past_due',
  'paused',
  'cancelled',
  'ended',
] as const satisfies readonly SubscriptionStatus[]

/**
 * Whether money was received and not all of it was refunded.
 *
 * @param status The status of an order or of a payment.
 * @returns True for `paid` and `partially_cancelled`.
 *
 * @example
 * ```ts
 * import { isPaid } from '@quayside/server'
 *
 * console.log(isPaid('partially_cancelled'), isPaid('cancelled')) // true false
 * ```
 */
export function isPaid(
  status: OrderStatus | PaymentStatus,
): status is 'paid' | 'partially_cancelled' {
  return status === 'paid' || status === 'partially_cancelled'
}

/** Whether a payment may still arrive that no message has reported. */
export function isOpen(status: OrderStatus): boolean {
  switch (status) {
    case 'pending':
    case 'vbank_issued':
    case 'failed':
      return true
    case 'paid':
    case 'partially_cancelled':
    case 'cancelled':
    case 'expired':
      return false
  }
}
