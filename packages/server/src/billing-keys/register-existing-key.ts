import {
  fail,
  type LookupFailure,
  ok,
  type Payee,
  parseBillingKey,
  type Result,
  verifyBillingKey,
} from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { BillingKey, BillingKeyFailure, RequestedKey } from '../domain/billing-key.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { drawRegistrationId } from './draw-ids.ts'
import { toExpectedKey } from './expected-key.ts'
import { readProviderKey } from './read-provider-key.ts'
import { toResult, toSettleDeps } from './register-card.ts'
import { register, settleRecord } from './settle-key.ts'

/** A key that was issued before this server knew of it, and whose it is. */
export interface ExistingKey {
  readonly customerUid: string
  readonly customerId: string
  readonly requested: RequestedKey
  readonly replaces: string | null
  /** In whose account it exists; left out for the account that needs no name. */
  readonly payee?: Payee
}

/**
 * Registers a key that the merchant already has at the provider, by the provider's record of it. Whose it is only the merchant
 * knows. Repeated, it returns the key that is registered. A key that is refused is not stored.
 *
 * @returns The key. Failures: `billing_key_unknown` when the provider has no such key, `billing_key_of_another_customer`,
 * `card_refused` for a key of another channel or mode, `billing_key_not_registered` for one that was deleted.
 */
export async function registerExistingKey(
  existing: ExistingKey,
  deps: Deps,
): Promise<Result<BillingKey, BillingKeyFailure | OrderFailure>> {
  const { store } = deps
  const found = await store.billingKeys.findByKey(existing.customerUid)
  if (!found.ok) return found
  if (found.value !== null && !isOf(found.value, existing, deps)) {
    return fail({ reason: 'billing_key_of_another_customer' })
  }
  const record = await readProviderKey(existing.customerUid, deps.client)
  if (!record.ok) return fail(toFailure(record.failure))
  if (record.value === null) return fail({ reason: 'billing_key_unknown' })
  return found.value === null || found.value.requested.method === 'existing'
    ? registerByRecord(existing, found.value, record.value, deps)
    : toResult(await settleRecord(found.value, record.value, {}, toSettleDeps(found.value, deps)))
}

/** The record is compared with this request before anything is stored, so that a request that was wrong can be corrected. */
async function registerByRecord(
  existing: ExistingKey,
  found: BillingKey | null,
  record: unknown,
  deps: Deps,
): Promise<Result<BillingKey, BillingKeyFailure | OrderFailure>> {
  const { store, config } = deps
  const parsed = parseBillingKey(record)
  if (!parsed.ok) return toResult({ kind: 'unavailable', reason: parsed.failure.reason })
  const requested = {
    ...existing,
    registrationId: drawRegistrationId(),
    mode: config.mode,
    orderUid: null,
  }
  const verified = verifyBillingKey(parsed.value, await toExpectedKey(requested), config.mode)
  if (!verified.ok) return toResult({ kind: 'refused', reason: verified.failure.reason })
  const created = found === null ? await store.billingKeys.create(requested) : ok(found)
  if (!created.ok) return created
  // Another request may have registered it meanwhile.
  if (!isOf(created.value, existing, deps)) {
    return fail({ reason: 'billing_key_of_another_customer' })
  }
  return toResult(
    await register(created.value, verified.value, {}, toSettleDeps(created.value, deps)),
  )
}

function isOf(key: BillingKey, { customerId }: ExistingKey, { config }: Deps): boolean {
  return key.customerId === customerId && key.mode === config.mode
}

function toFailure(failure: LookupFailure): BillingKeyFailure | OrderFailure {
  switch (failure.reason) {
    case 'payment_not_found':
      return { reason: 'billing_key_unknown' }
    case 'provider_unavailable':
    case 'provider_refused_us':
      return failure
  }
}
