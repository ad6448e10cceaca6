import { type Client, payments } from '@quayside/client'
import { type FetchPayment, fail, type Mode } from '@quayside/core'
import { toProviderFailure } from './provider-failure.ts'

/**
 * Creates the lookup of `syncPayment` from a client. In live mode a payment that is not found is requested once more
 * among those of test channels: it is no money, but the shop must learn that its page uses a test channel.
 *
 * @param client The REST client.
 * @param mode `live` requests payments of test channels only after real ones; `syncPayment` refuses them.
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
    const withTests = { imp_uid: impUid, include_sandbox: true }
    const first = mode === 'test' ? withTests : { imp_uid: impUid }
    const found = await client.call(payments.get, first)
    if (found.ok) return found
    const isOnlyReal = mode === 'live' && found.failure.reason === 'not_found'
    const foundTest = isOnlyReal ? await client.call(payments.get, withTests) : found
    if (foundTest.ok) return foundTest
    const { failure } = foundTest
    return failure.reason === 'not_found'
      ? fail({ reason: 'payment_not_found', impUid })
      : fail(toProviderFailure(failure))
  }
}
