import { type Client, type ClientFailure, payments } from '@quayside/client'
import { type FetchPayment, fail, type ImpUid, type LookupFailure, type Mode } from '@quayside/core'

/**
 * Creates the lookup of `syncPayment` from a client. Payments of test channels are requested in test mode
 * only.
 *
 * @param client The REST client.
 * @param mode `live` never finds a payment of a test channel.
 * @returns The lookup. Its failures: `payment_not_found` for an unknown id, `provider_refused_us` for wrong keys,
 * `provider_unavailable` for any other failure of the client, which is its `cause`.
 *
 * @example
 * ```ts
 * import { createClient } from '@quayside/client'
 * import { createMemoryStore, type SyncDeps } from '@quayside/core'
 * import { createLookup } from '@quayside/hono'
 *
 * const client = createClient({ key: 'key', secret: 'secret' })
 * const deps: SyncDeps = {
 *   store: createMemoryStore(),
 *   fetchPayment: createLookup(client, 'live'),
 *   mode: 'live',
 * }
 * console.log(deps.mode) // live
 * ```
 */
export function createLookup(client: Client, mode: Mode): FetchPayment {
  return async (impUid) => {
    const found = await client.call(payments.get, {
      imp_uid: impUid,
      ...(mode === 'test' ? { include_sandbox: true } : {}),
    })
    return found.ok ? found : fail(toLookupFailure(found.failure, impUid))
  }
}

function toLookupFailure(cause: ClientFailure, impUid: ImpUid): LookupFailure {
  switch (cause.reason) {
    case 'not_found':
      return { reason: 'payment_not_found', impUid }
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
