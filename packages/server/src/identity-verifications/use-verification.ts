import { fail, type MerchantUid, ok, type Result, type StoreFailure } from '@quayside/core'
import type { Deps } from '../deps.ts'
import type {
  IdentityVerification,
  IdentityVerificationFailure,
} from '../domain/identity-verification.ts'

/** What a verification is to be used for. */
export interface VerificationUse {
  readonly purpose: string
  readonly customerId: string
  /** What it is used for, in the merchant's own words: the same use may be requested again. */
  readonly reference: string
}

/** Uses a verification for one thing: of its purpose, by its customer, once. */
export async function useVerification(
  id: MerchantUid,
  { purpose, customerId, reference }: VerificationUse,
  { store, now }: Deps,
): Promise<Result<IdentityVerification, StoreFailure | IdentityVerificationFailure>> {
  const found = await store.identityVerifications.find(id)
  if (!found.ok) return found
  if (found.value === null) return fail({ reason: 'identity_verification_unknown' })
  // Its time is over, and only the job that deletes it has not come by yet. A use may be requested again.
  if (found.value.use === null && found.value.keptUntil <= now()) {
    return fail({ reason: 'identity_verification_unknown' })
  }
  const mismatch = (detail: string) =>
    fail({ reason: 'identity_verification_mismatch', detail } as const)
  if (found.value.purpose !== purpose) return mismatch('purpose')
  if (found.value.customerId !== customerId) return mismatch('customer_id')
  if (found.value.status !== 'verified') {
    return fail({ reason: 'identity_verification_not_verified', detail: found.value.status })
  }
  const used = await store.identityVerifications.use(id, reference)
  if (!used.ok) return used
  if (used.value === null) return fail({ reason: 'identity_verification_unknown' })
  return used.value.use?.reference === reference
    ? ok(used.value)
    : fail({ reason: 'identity_verification_used' })
}
