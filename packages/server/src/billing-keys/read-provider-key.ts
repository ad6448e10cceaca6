import { type Client, customers } from '@quayside/client'
import { fail, type LookupFailure, ok, type Result } from '@quayside/core'
import { toProviderFailure } from '@quayside/hono'

/**
 * Reads the provider's record of a billing key.
 *
 * @returns The record, not parsed; null when the provider has no such key. Fails with `provider_unavailable` or
 * `provider_refused_us`.
 */
export async function readProviderKey(
  customerUid: string,
  client: Client,
): Promise<Result<unknown, LookupFailure>> {
  const found = await client.call(customers.get, { customer_uid: customerUid })
  if (found.ok) return ok(found.value)
  const { failure } = found
  // An unknown key is 404, or a refusal with HTTP 200: both occur.
  const isUnknown = failure.reason === 'not_found'
  if (isUnknown || (failure.reason === 'refused' && failure.httpStatus === 200)) return ok(null)
  return fail(toProviderFailure(failure))
}
