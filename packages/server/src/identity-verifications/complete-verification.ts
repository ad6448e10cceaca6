import { certifications } from '@quayside/client'
import {
  type CertifiedPerson,
  decideIdentity,
  type FetchPayment,
  fail,
  findDifference,
  type IdentityRefusal,
  type ImpUid,
  parseCertification,
  toPaymentOf,
  type VerifiedIdentity,
  verifyIdentity,
} from '@quayside/core'
import { type SubjectNotice, type SubjectOutcome, toProviderFailure } from '@quayside/hono'
import type { Deps } from '../deps.ts'
import type {
  ExpectedDigests,
  IdentityResult,
  IdentityVerification,
} from '../domain/identity-verification.ts'
import { withMerchant } from '../payees.ts'
import { createDigest, type Digest, toDetailDigests, toStoredPersonKey } from './person-digest.ts'

//  notice ─► find ─► has a result? ────────────────────────────────────────────► outcome
//              └─► look the record up ─► verify ─► decide ─► record once ─► read back ─┘
//                                          └─ foreign, unfinished: nothing is recorded

/** What is recorded about a person; the record adds its id and its time. */
type Verdict = Omit<IdentityResult, 'impUid' | 'certifiedAt'>

/** Completes the verification that a notice names. It may run any number of times, at the same time too. */
export async function completeVerification(
  notice: SubjectNotice,
  deps: Deps,
): Promise<SubjectOutcome> {
  const found = await deps.store.identityVerifications.find(notice.merchantUid)
  if (!found.ok) return { status: 'unavailable', ...found.failure }
  const verification = found.value
  if (verification === null) return { status: 'unknown' }
  const { status, payee } = verification
  // No message names an account: the verification does.
  const impUid = notice.impUid && toPaymentOf(notice.impUid, payee)
  const outcome =
    status !== 'pending' || impUid === null
      ? toOutcome(verification, notice)
      : await completeByRecord(verification, notice, impUid, deps)
  return withMerchant(outcome, payee, deps)
}

async function completeByRecord(
  verification: IdentityVerification,
  notice: SubjectNotice,
  impUid: ImpUid,
  deps: Deps,
): Promise<SubjectOutcome> {
  const fetch = createCertificationLookup(deps)
  const found = await notice.lookUp(impUid, { record: 'certification', fetch })
  if (!found.ok) {
    // Payments and verifications have ids of one form: this one may be a payment's, or nobody's.
    return found.failure.reason === 'payment_not_found'
      ? { status: 'refused', reason: 'certification_not_found' }
      : { status: 'unavailable', ...found.failure }
  }
  const parsed = parseCertification(found.value)
  if (!parsed.ok) return { status: 'unavailable', reason: parsed.failure.reason }
  const certification = parsed.value
  if (certification.impUid !== impUid) return { status: 'unavailable', reason: 'record_mismatch' }
  const decision = decideIdentity(
    verifyIdentity(
      certification,
      {
        merchantUid: verification.id,
        requestedAt: verification.createdAt,
        minimumAge: verification.minimumAge,
        pgProvider: verification.pgProvider,
        // Only digests of the person are stored.
        person: null,
        needsPersonKey: needsPersonKey(verification),
      },
      deps.now(),
    ),
  )
  const certifiedAt = certification.certified ? certification.certifiedAt : null
  const write = (verdict: Verdict) =>
    record(verification, { ...verdict, impUid, certifiedAt }, notice, deps)
  switch (decision.kind) {
    case 'foreign':
      return { status: 'refused', reason: 'verification_mismatch' }
    case 'wait':
      return decision.reason === 'not_certified'
        ? toUnfinished(notice)
        : { status: 'unavailable', reason: decision.reason }
    case 'refused':
      return write(toRefusal(decision.failure))
    case 'verified':
      return write(
        await judgePerson(verification, decision.identity, certification.pgProvider, deps),
      )
  }
}

/** Writes the result, and tells what the verification is then: another request may have been first. */
async function record(
  verification: IdentityVerification,
  result: IdentityResult,
  notice: SubjectNotice,
  deps: Deps,
): Promise<SubjectOutcome> {
  const { identityVerifications } = deps.store
  const recorded = await identityVerifications.record(verification, result)
  if (!recorded.ok) return { status: 'unavailable', ...recorded.failure }
  const current = recorded.value
  if (current === null) return { status: 'unknown' }
  if (current.status !== 'pending') return toOutcome(current, notice)
  // It is as it was read, so another verification has the person, or the record.
  if (result.status === 'verified' && verification.isOncePerPerson) {
    const taken = refuse('person_already_verified')
    return record(current, { ...result, ...taken }, notice, deps)
  }
  return { status: 'refused', reason: 'certification_used' }
}

/** Compares the person with what is expected, by digests: neither they nor the key can be read back. */
async function judgePerson(
  verification: IdentityVerification,
  { person, personKey }: VerifiedIdentity,
  pgProvider: string | null,
  { config }: Deps,
): Promise<Verdict> {
  const { id, expected } = verification
  if (expected === null && !needsPersonKey(verification)) return verified(null)
  // The secret was there when the verification was created. Without it nobody can be told from anybody else.
  if (config.personKeySecret === null) return refuse('person_key_missing')
  const digest = await createDigest(config.personKeySecret)
  const key = personKey && (await toStoredPersonKey(personKey, pgProvider, digest))
  const refusal =
    expected === null ? null : await comparePerson({ id, expected, person, key, digest })
  return refusal ?? verified(needsPersonKey(verification) ? key : null)
}

interface Comparison {
  readonly id: string
  readonly expected: ExpectedDigests
  readonly person: CertifiedPerson
  readonly key: string | null
  readonly digest: Digest
}

async function comparePerson({
  id,
  expected,
  person,
  key,
  digest,
}: Comparison): Promise<Verdict | null> {
  const difference = findDifference(expected, await toDetailDigests(id, person, digest))
  if (difference !== null) return toRefusal(difference)
  if (expected.personKey === null || expected.personKey === key) return null
  return key === null ? refuse('person_key_missing') : refuse('person_mismatch', 'person_key')
}

function needsPersonKey({ isOncePerPerson, keepsPersonKey }: IdentityVerification): boolean {
  return isOncePerPerson || keepsPersonKey
}

function toRefusal(failure: IdentityRefusal): Verdict {
  return refuse(failure.reason, 'field' in failure ? failure.field : null)
}

function refuse(
  reason: NonNullable<IdentityResult['reason']>,
  detail: IdentityResult['detail'] = null,
): Verdict {
  return { status: 'refused', reason, detail, personKey: null }
}

function verified(personKey: string | null): Verdict {
  return { status: 'verified', reason: null, detail: null, personKey }
}

/** What the buyer is told of a verification with a result. The reason is a code for the page, and no text about the person. */
function toOutcome(
  { status, reason }: IdentityVerification,
  notice: SubjectNotice,
): SubjectOutcome {
  switch (status) {
    case 'verified':
      return { status: 'success' }
    case 'refused':
      return { status: 'failed', errorCode: reason, errorMessage: null }
    case 'pending':
      return toUnfinished(notice)
  }
}

/** The same window may be completed later, so what the browser reports is shown and not recorded. */
function toUnfinished({ claim, errorCode, errorMessage }: SubjectNotice): SubjectOutcome {
  return claim === 'failure' ? { status: 'failed', errorCode, errorMessage } : { status: 'pending' }
}

function createCertificationLookup({ client }: Deps): FetchPayment {
  return async (impUid) => {
    const found = await client.call(certifications.get, { imp_uid: impUid })
    if (found.ok) return found
    const { failure } = found
    return failure.reason === 'not_found'
      ? fail({ reason: 'payment_not_found', impUid })
      : fail(toProviderFailure(failure))
  }
}
