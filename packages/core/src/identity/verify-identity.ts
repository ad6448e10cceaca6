import type { MerchantUid } from '../values/ids.ts'
import { fail, ok, type Result } from '../values/result.ts'
import { ageInSeoul } from './age.ts'
import type { Certification, CertifiedPerson } from './certification.ts'

/** What a shop may know of a person before the verification. */
export interface PersonDetails {
  /** The legal name; null where the shop does not know it. */
  readonly name: string | null
  /** `YYYY-MM-DD`. */
  readonly birthday: string | null
  /** The telephone number; null where the shop does not know it. */
  readonly phone: string | null
}

/** The name of one of {@link PersonDetails}. */
export type PersonField = keyof PersonDetails

/** What the merchant requested, fixed before the window opens. */
export interface ExpectedIdentity {
  /** The id that the server gave to this visitor: unguessable, and used once. */
  readonly merchantUid: MerchantUid
  /** When the window was asked for: a verification made before is not accepted. */
  readonly requestedAt: Date
  /** The least age in full years; null for any age. */
  readonly minimumAge: number | null
  /** The PG of the channel that has to be used; null for any. */
  readonly pgProvider: string | null
  /** The person who has to be verified, as far as known; null for anybody. */
  readonly person: PersonDetails | null
  /** Whether the person has to be told from all others. */
  readonly needsPersonKey: boolean
}

/** What tells one person from all others: the CI, or the DI where a channel reports no CI. A secret of that person. */
export interface PersonKey {
  /** `ci` is the same at all merchants, `di` at this one only. */
  readonly kind: 'ci' | 'di'
  /** The CI or DI as the provider reports it. */
  readonly value: string
}

/** A verification that fulfils what was requested. */
export interface VerifiedIdentity {
  /** When the person was verified, by the provider's record. */
  readonly certifiedAt: Date
  /** The person of the record, not of the request. */
  readonly person: CertifiedPerson
  /** Null where the channel reports neither CI nor DI. */
  readonly personKey: PersonKey | null
}

/** Why a verification does not fulfil what was requested. None has the age, the name or another detail of the person. */
export type IdentityFailure =
  | {
      readonly reason: 'verification_mismatch'
      readonly expected: MerchantUid
      readonly actual: MerchantUid | null
    }
  | { readonly reason: 'not_certified' }
  | { readonly reason: 'certified_in_future'; readonly certifiedAt: Date; readonly now: Date }
  | {
      readonly reason: 'certified_before_request'
      readonly certifiedAt: Date
      readonly requestedAt: Date
    }
  | { readonly reason: 'certification_expired'; readonly certifiedAt: Date; readonly now: Date }
  | {
      readonly reason: 'channel_mismatch'
      readonly expected: string
      readonly actual: string | null
    }
  | { readonly reason: 'birthday_missing' }
  | { readonly reason: 'age_below_minimum'; readonly minimumAge: number }
  | { readonly reason: 'person_detail_missing'; readonly field: PersonField }
  | { readonly reason: 'person_mismatch'; readonly field: PersonField }
  | { readonly reason: 'person_key_missing' }

/** How long a verification counts: who presents an older one may not be who was verified. */
const maxAgeMs = 30 * 60 * 1_000
/** The clocks of the provider and the shop differ, and records have whole seconds. */
const slackMs = 5 * 60 * 1_000

/**
 * Compares an identity verification with what was requested. A verified one was completed by the visitor to whom this
 * `merchantUid` was given, a short time ago, by a person who is old enough and who is the expected one.
 *
 * @param certification The provider's record, looked up and parsed.
 * @param expected What the merchant stored before the window opened.
 * @param now The current time. The age is that of the day in Seoul.
 * @returns The verified identity. Failures, checked in this order: `verification_mismatch` for another `merchant_uid`;
 * `not_certified` while it is not completed; `certified_in_future` and `certified_before_request` by more than 5 minutes;
 * `certification_expired` after 30 minutes; `channel_mismatch`; `birthday_missing` and `age_below_minimum` where there is
 * a least age; `person_detail_missing` and `person_mismatch` with the first of `name`, `birthday`, `phone` that is not
 * reported or differs; `person_key_missing` without CI and DI.
 *
 * @example A minor
 * ```ts
 * import { parseCertification, parseMerchantUid, verifyIdentity } from '@quayside/core'
 *
 * const certification = parseCertification({
 *   imp_uid: 'imp_520000000001', merchant_uid: 'IDV-91', pg_provider: 'danal', certified: true,
 *   certified_at: 1764206400, birthday: '2010-01-01',
 * })
 * const merchantUid = parseMerchantUid('IDV-91')
 * if (certification.ok && merchantUid.ok) {
 *   const requestedAt = new Date(1764206400_000)
 *   const anybody = { pgProvider: null, person: null, needsPersonKey: false }
 *   const expected = { ...anybody, merchantUid: merchantUid.value, requestedAt, minimumAge: 19 }
 *   const result = verifyIdentity(certification.value, expected, requestedAt)
 *   if (!result.ok) console.log(result.failure.reason) // age_below_minimum
 * }
 * ```
 */
export function verifyIdentity(
  certification: Certification,
  expected: ExpectedIdentity,
  now: Date,
): Result<VerifiedIdentity, IdentityFailure> {
  const { merchantUid, requestedAt, minimumAge } = expected
  if (certification.merchantUid !== merchantUid) {
    const actual = certification.merchantUid
    return fail({ reason: 'verification_mismatch', expected: merchantUid, actual })
  }
  if (!certification.certified) return fail({ reason: 'not_certified' })
  const { certifiedAt, person, pgProvider } = certification
  const at = certifiedAt.getTime()
  if (at > now.getTime() + slackMs) return fail({ reason: 'certified_in_future', certifiedAt, now })
  if (at < requestedAt.getTime() - slackMs) {
    return fail({ reason: 'certified_before_request', certifiedAt, requestedAt })
  }
  if (at < now.getTime() - maxAgeMs) {
    return fail({ reason: 'certification_expired', certifiedAt, now })
  }
  if (expected.pgProvider !== null && expected.pgProvider !== pgProvider) {
    return fail({
      reason: 'channel_mismatch',
      expected: expected.pgProvider,
      actual: pgProvider,
    })
  }
  if (minimumAge !== null) {
    if (person.birthday === null) return fail({ reason: 'birthday_missing' })
    if (ageInSeoul(person.birthday, now) < minimumAge) {
      return fail({ reason: 'age_below_minimum', minimumAge })
    }
  }
  const difference =
    expected.person === null
      ? null
      : findDifference(toComparableDetails(expected.person), toComparableDetails(person))
  if (difference !== null) return fail(difference)
  const personKey = toPersonKey(person)
  if (expected.needsPersonKey && personKey === null) return fail({ reason: 'person_key_missing' })
  return ok({ certifiedAt, person, personKey })
}

const personFields = ['name', 'birthday', 'phone'] as const

/**
 * Compares details of two people that were made comparable, or digests of them: a shop that may not store a name stores
 * its digest until the verification is done.
 *
 * @param expected What is known; null is what is not.
 * @param actual What the verification reports.
 * @returns Null when nothing differs. Otherwise the first field that differs, or that is not reported.
 *
 * @example
 * ```ts
 * import { findDifference, toComparableDetails } from '@quayside/core'
 *
 * const known = toComparableDetails({ name: '홍 길동', birthday: null, phone: '+82 10-1234-5678' })
 * const reported = toComparableDetails({ name: '홍길동', birthday: '1990-01-31', phone: '01012345678' })
 * console.log(findDifference(known, reported)) // null
 * ```
 */
export function findDifference(
  expected: PersonDetails,
  actual: PersonDetails,
): Extract<
  IdentityFailure,
  { readonly reason: 'person_detail_missing' | 'person_mismatch' }
> | null {
  const known = personFields.filter((field) => expected[field] !== null)
  const field = known.find((each) => expected[each] !== actual[each])
  if (field === undefined) return null
  return { reason: actual[field] === null ? 'person_detail_missing' : 'person_mismatch', field }
}

/**
 * Returns details of a person as they can be compared: a name without spaces, in capitals and composed characters; a phone
 * as the digits that are dialled in Korea.
 *
 * @param person The details, of a shop or of a verification.
 * @returns The same three fields; null stays null.
 */
export function toComparableDetails({ name, birthday, phone }: PersonDetails): PersonDetails {
  return {
    name: name && name.normalize('NFC').replaceAll(/\s/g, '').toUpperCase(),
    birthday,
    phone: phone && phone.replaceAll(/\D/g, '').replace(/^820?/, '0'),
  }
}

/** The CI, which does not change with the channel, before the DI. */
function toPersonKey({ ci, di }: CertifiedPerson): PersonKey | null {
  if (ci !== null) return { kind: 'ci', value: ci }
  return di === null ? null : { kind: 'di', value: di }
}

/** A failure that no later reading of the same verification changes. */
export type IdentityRefusal = Exclude<
  IdentityFailure,
  { readonly reason: 'verification_mismatch' | 'not_certified' | 'certified_in_future' }
>

/** What a verification makes of the request that it was offered for. */
export type IdentityDecision =
  /** The result, which is recorded once. */
  | { readonly kind: 'verified'; readonly identity: VerifiedIdentity }
  | { readonly kind: 'refused'; readonly failure: IdentityRefusal }
  /** It may still be completed, or the clocks differ: the same verification may count later. */
  | { readonly kind: 'wait'; readonly reason: 'not_certified' | 'certified_in_future' }
  /** It is somebody else's, and says nothing about this request. */
  | { readonly kind: 'foreign' }

/**
 * Decides what a verification makes of the request that it was offered for. Pure, for every result of
 * {@link verifyIdentity}.
 *
 * @param result The result of the comparison.
 * @returns The decision. It cannot fail.
 *
 * @example
 * ```ts
 * import { decideIdentity, fail } from '@quayside/core'
 *
 * console.log(decideIdentity(fail({ reason: 'not_certified' })).kind) // wait
 * ```
 */
export function decideIdentity(
  result: Result<VerifiedIdentity, IdentityFailure>,
): IdentityDecision {
  if (result.ok) return { kind: 'verified', identity: result.value }
  const { failure } = result
  switch (failure.reason) {
    case 'verification_mismatch':
      return { kind: 'foreign' }
    case 'not_certified':
    case 'certified_in_future':
      return { kind: 'wait', reason: failure.reason }
    case 'certified_before_request':
    case 'certification_expired':
    case 'channel_mismatch':
    case 'birthday_missing':
    case 'age_below_minimum':
    case 'person_detail_missing':
    case 'person_mismatch':
    case 'person_key_missing':
      return { kind: 'refused', failure }
  }
}
