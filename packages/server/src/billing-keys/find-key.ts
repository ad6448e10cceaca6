import { fail, ok, type Payee, type Result } from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { BillingKey, BillingKeyFailure } from '../domain/billing-key.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { toKeyOf } from '../domain/payee.ts'
import { allPayees, findUnknownPayee } from '../payees.ts'

type FindDeps = Pick<Deps, 'config' | 'payees' | 'store'>

/**
 * Finds a key by the provider's `customer_uid` and its payee. Nothing is asked of the provider, so that a key of a payee
 * that was taken out of the settings is found as well.
 *
 * @returns The key, in any state. Failures: `billing_key_of_another_account` when only other payees have one with this id,
 * `billing_key_unknown` when nobody has, or only in the other mode; `account_unknown` or `tier_unknown` when the settings do
 * not name the payee; `store_unavailable`.
 */
export async function findKey(
  customerUid: string,
  payee: Payee | undefined,
  deps: FindDeps,
): Promise<Result<BillingKey, BillingKeyFailure | OrderFailure>> {
  const { mode } = deps.config
  const { billingKeys } = deps.store
  const found = await billingKeys.findByKey(toKeyOf(customerUid, payee))
  if (!found.ok) return found
  // An id that names a payee by itself is none of the provider's.
  const isOwn = found.value?.mode === mode && found.value.payee === payee
  if (isOwn) return ok(found.value)
  const unknown = findUnknownPayee(payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const others = allPayees(deps).filter((each) => each !== payee)
  if (others.length === 0) return fail({ reason: 'billing_key_unknown' })
  const elsewhere = await billingKeys.findAmong(others.map((each) => toKeyOf(customerUid, each)))
  if (!elsewhere.ok) return elsewhere
  const isElsewhere = elsewhere.value.some((each) => each.mode === mode)
  return fail({ reason: isElsewhere ? 'billing_key_of_another_account' : 'billing_key_unknown' })
}
