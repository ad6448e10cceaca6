import type { ClientFailure } from '@quayside/client'
import type { LookupFailure } from '@quayside/core'

/**
 * Returns what a failed call of the provider means to a lookup. That nothing was found is for the caller to tell: it is
 * no failure of the provider.
 *
 * @param cause The failure of the client.
 * @returns `provider_refused_us` for wrong keys, `provider_unavailable` for anything else, each with its `cause`.
 *
 * @example
 * ```ts
 * import { toProviderFailure } from '@quayside/hono'
 *
 * console.log(typeof toProviderFailure) // function
 * ```
 */
export function toProviderFailure(
  cause: Exclude<ClientFailure, { readonly reason: 'not_found' }>,
): LookupFailure {
  switch (cause.reason) {
    case 'unauthorized':
      return { reason: 'provider_refused_us', cause }
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
      return { reason: 'provider_unavailable', cause }
  }
}
