import type { BillingKey } from '../domain/billing-key.ts'
import { toProviderId, toProviderKey } from '../domain/payee.ts'
import type { BillingKeyFields } from './billing-key-schemas.ts'
import { presentPayee } from './present-payee.ts'

/**
 * Presents a billing key as the merchant API and the events show it, in wire names.
 *
 * @param key The key.
 * @returns Times in ISO 8601, null for what the key does not have. Nothing of the card's number.
 *
 * @example
 * ```ts
 * import { type BillingKeys, presentBillingKey } from '@quayside/server'
 *
 * async function listKeys(keys: BillingKeys, customerId: string) {
 *   const page = await keys.ofCustomer(customerId, 'live', '', 50)
 *   return page.ok ? page.value.map(presentBillingKey) : []
 * }
 * console.log(typeof listKeys) // function
 * ```
 */
export function presentBillingKey(key: BillingKey): BillingKeyFields {
  const { requested, means, impUid, replaces } = key
  const replacedBy = key.deletion?.replacedBy ?? null
  return {
    customer_uid: toProviderKey(key.customerUid),
    registration_id: key.registrationId,
    ...presentPayee(key.payee),
    customer_id: key.customerId,
    status: key.state,
    method: requested.method,
    pg: requested.pg,
    channel_key: requested.channelKey,
    pay_method: requested.payMethod,
    order_merchant_uid: key.orderUid,
    imp_uid: impUid && toProviderId(impUid),
    pg_provider: means?.pgProvider ?? null,
    pg_id: means?.pgId ?? null,
    card_name: means?.cardName ?? null,
    card_code: means?.cardCode ?? null,
    card_type: means?.cardType ?? null,
    expires_at: key.expiresAt?.toISOString() ?? null,
    preference: key.preference,
    replaces: replaces && toProviderKey(replaces),
    replaced_by: replacedBy && toProviderKey(replacedBy),
    failure: key.failure,
    fail_reason: key.failReason,
    sequence: key.sequence,
    created_at: key.createdAt.toISOString(),
    registered_at: key.registeredAt?.toISOString() ?? null,
    deleted_at: key.deletedAt?.toISOString() ?? null,
  }
}
