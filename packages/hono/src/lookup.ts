import { type Client, type ClientFailure, payments } from '@quayside/client'
import { type FetchPayment, fail, type ImpUid, type LookupFailure, type Mode } from '@quayside/core'

/**
 * Makes the lookup of `syncPayment` from a client. Test channels are asked for in test mode only: there is
 * no way to ask for them in live mode.
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
