import type { ClientFailure } from '@quayside/client'
import type { SyncFailure } from '@quayside/core'
import type { OrderFailure, OrderFailureReason } from '../domain/failure.ts'

type ClientReason = Extract<
  OrderFailureReason,
  'provider_refused_us' | 'provider_unavailable' | 'outcome_unknown'
>

const clientReasons: Readonly<Record<ClientFailure['reason'], ClientReason>> = {
  unauthorized: 'provider_refused_us',
  outcome_unknown: 'outcome_unknown',
  invalid_argument: 'provider_unavailable',
  not_found: 'provider_unavailable',
  refused: 'provider_unavailable',
  rate_limited: 'provider_unavailable',
  server_error: 'provider_unavailable',
  unexpected_status: 'provider_unavailable',
  malformed_response: 'provider_unavailable',
  timeout: 'provider_unavailable',
  aborted: 'provider_unavailable',
  unreachable: 'provider_unavailable',
}

/** Returns what a failed call to the provider means for the merchant's request. */
export function fromClientFailure(failure: ClientFailure): OrderFailure {
  return { reason: clientReasons[failure.reason], cause: failure }
}

/**
 * Returns what a failed sync means for the merchant's request; null when the payment does not belong to the order.
 */
export function fromSyncFailure(failure: SyncFailure): OrderFailure | null {
  switch (failure.reason) {
    case 'order_unknown':
    case 'store_unavailable':
    case 'order_contended':
    case 'provider_refused_us':
    case 'provider_unavailable':
      return { reason: failure.reason, cause: failure }
    case 'payment_malformed':
    case 'record_mismatch':
      return { reason: 'provider_unavailable', cause: failure }
    case 'order_mismatch':
    case 'currency_mismatch':
    case 'amount_mismatch':
    case 'sandbox_payment':
    case 'billing_key_issue':
    case 'payment_too_old':
    case 'channel_mismatch':
    case 'payment_not_found':
      return null
  }
}
