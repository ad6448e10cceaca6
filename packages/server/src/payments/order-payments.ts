import { type Client, payments } from '@quayside/client'
import { fail, type LookupFailure, type MerchantUid, ok, type Result } from '@quayside/core'

// Fits one response even when each record has 30 KB of custom data.
const limit = 20

/**
 * Makes a function that reads the payments of an order in one call: paid ones first, 20 at most. An order without a payment
 * has an empty list.
 */
export function createOrderPayments(
  client: Client,
): (merchantUid: MerchantUid) => Promise<Result<readonly unknown[], LookupFailure>> {
  return async (merchant_uid) => {
    const found = await client.call(payments.findAll, { merchant_uid, sorting: '-paid', limit })
    if (found.ok) return ok(found.value.list)
    const { failure } = found
    switch (failure.reason) {
      case 'not_found':
        return ok([])
      case 'unauthorized':
        return fail({ reason: 'provider_refused_us', cause: failure })
      case 'invalid_argument':
      case 'refused':
      case 'rate_limited':
      case 'server_error':
      case 'unexpected_status':
      case 'malformed_response':
      case 'timeout':
      case 'aborted':
      case 'unreachable':
      case 'outcome_unknown':
        return fail({ reason: 'provider_unavailable', cause: failure })
    }
  }
}
