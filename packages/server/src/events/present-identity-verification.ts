import type { IdentityResult, IdentityVerification } from '../domain/identity-verification.ts'
import { toProviderId } from '../domain/payee.ts'
import type { IdentityVerificationFields } from './identity-verification-schemas.ts'
import { presentPayee } from './present-payee.ts'

/**
 * Presents an identity verification as the merchant API and the events show it, in wire names.
 *
 * @param verification The verification. It has no name, birthday, phone, CI or DI.
 * @returns Times in ISO 8601, null for what is not known or not kept.
 *
 * @example
 * ```ts
 * import { type IdentityVerification, presentIdentityVerification } from '@quayside/server'
 *
 * const isAdult = (each: IdentityVerification) => presentIdentityVerification(each).is_age_reached === true
 * console.log(typeof isAdult) // function
 * ```
 */
export function presentIdentityVerification(
  verification: IdentityVerification,
): IdentityVerificationFields {
  const { use, certifiedAt, impUid } = verification
  return {
    id: verification.id,
    ...presentPayee(verification.payee),
    customer_id: verification.customerId,
    purpose: verification.purpose,
    status: verification.status,
    reason: verification.reason,
    detail: verification.detail,
    minimum_age: verification.minimumAge,
    is_age_reached: isAgeReached(verification),
    once_per_person: verification.isOncePerPerson,
    person_key: verification.personKey,
    imp_uid: impUid && toProviderId(impUid),
    certified_at: certifiedAt?.toISOString() ?? null,
    use: use && { reference: use.reference, at: use.at.toISOString() },
    provider_record: impUid === null ? null : verification.providerRecord,
    sequence: verification.sequence,
    created_at: verification.createdAt.toISOString(),
    kept_until: verification.keptUntil.toISOString(),
  }
}

/** A refusal for another reason says nothing about the age. */
function isAgeReached({ status, reason, minimumAge }: IdentityVerification): boolean | null {
  if (minimumAge === null) return null
  if (status === 'verified') return true
  return reason === 'age_below_minimum' ? false : null
}

/**
 * Returns a verification with its result, as it is once the result is recorded.
 *
 * @param verification The verification as it was read.
 * @param result The result.
 * @returns The verification with the sequence of its event, without what was expected of the person.
 */
export function applyIdentityResult(
  verification: IdentityVerification,
  result: IdentityResult,
): IdentityVerification {
  return {
    ...verification,
    ...result,
    expected: null,
    providerRecord: verification.deletesRecord ? 'deleting' : 'kept',
    sequence: verification.sequence + 1,
  }
}
