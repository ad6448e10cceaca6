import { fail, type PersonDetails, type Result, type StoreFailure } from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { IdentityRequest, IdentityVerification } from '../domain/identity-verification.ts'
import { findUnknownPayee } from '../payees.ts'
import { createDigest, toDetailDigests } from './person-digest.ts'
import { drawVerificationId } from './verification-id.ts'

/** What the merchant's server requests. */
export interface RequestedVerification extends Omit<IdentityRequest, 'keptUntil'> {
  /** The expected person, as far as known; null for anybody. */
  readonly person: (PersonDetails & { readonly personKey: string | null }) | null
  /** For how many days it is kept; null for the server's retention. */
  readonly keptDays: number | null
}

/**
 * Why a verification could not be created: of a person nothing may be stored without the secret for the digests, and nobody would look
 * up a record of an account that the settings do not name.
 */
export type CreateVerificationFailure =
  | StoreFailure
  | { readonly reason: 'configuration'; readonly detail: string }
  | { readonly reason: 'account_unknown' | 'tier_unknown' }

const dayMs = 24 * 60 * 60_000

/** Creates a verification, with digests of what is expected of the person. */
export async function createVerification(
  { person, keptDays, ...request }: RequestedVerification,
  deps: Deps,
): Promise<Result<IdentityVerification, CreateVerificationFailure>> {
  const { store, config, now } = deps
  const unknown = findUnknownPayee(request.payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const { personKeySecret } = config
  const needsSecret = person !== null || request.isOncePerPerson || request.keepsPersonKey
  if (needsSecret && personKeySecret === null) {
    return fail({ reason: 'configuration', detail: 'Missing setting: PERSON_KEY_SECRET' })
  }
  const id = drawVerificationId()
  const digests =
    person === null || personKeySecret === null
      ? null
      : await toDetailDigests(id, person, await createDigest(personKeySecret))
  const keptMs = (keptDays ?? config.retentionDays) * dayMs
  return store.identityVerifications.create({
    ...request,
    id,
    expected: digests && { ...digests, personKey: person?.personKey ?? null },
    keptUntil: new Date(now().getTime() + keptMs),
  })
}
