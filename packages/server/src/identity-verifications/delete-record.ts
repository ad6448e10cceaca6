import { certifications } from '@quayside/client'
import { fail, type MerchantUid, ok, type Result, type StoreFailure } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type {
  IdentityVerification,
  IdentityVerificationFailure,
} from '../domain/identity-verification.ts'
import type { RecordToDelete } from '../ports/identity-verifications.ts'

/** Deletes the provider's record of a verification with a result. What the provider did not confirm, a job tries again. */
export async function deleteVerificationRecord(
  id: MerchantUid,
  deps: JobDeps,
): Promise<Result<IdentityVerification, StoreFailure | IdentityVerificationFailure>> {
  const { identityVerifications } = deps.store
  const requested = await identityVerifications.requestDeletion(id)
  if (!requested.ok) return requested
  const verification = requested.value
  if (verification === null) return fail({ reason: 'identity_verification_unknown' })
  const { impUid, providerRecord, status } = verification
  if (impUid === null) return fail({ reason: 'identity_verification_not_verified', detail: status })
  if (providerRecord === 'deleted') return ok(verification)
  const isDeleted = await deleteRecord({ id, impUid }, deps)
  return ok({ ...verification, providerRecord: isDeleted ? 'deleted' : 'deleting' })
}

/**
 * Deletes one record at the provider, and records whether it is gone. A deletion whose answer was lost is resolved by reading
 * the record; asking again does no harm.
 */
export async function deleteRecord(
  { id, impUid }: RecordToDelete,
  { client, store, log }: JobDeps,
): Promise<boolean> {
  const removed = await client.call(certifications.remove, { imp_uid: impUid })
  const isDeleted =
    removed.ok || removed.failure.reason === 'not_found' || (await isGone(impUid, client))
  const saved = await store.identityVerifications.settleDeletion(id, isDeleted)
  const ids = { merchantUid: id, impUid }
  if (!removed.ok && !isDeleted) {
    log('certification_not_deleted', { ...ids, reason: removed.failure.reason })
    return false
  }
  // If it was not saved, it is due again when its lease ends.
  log('certification_deleted', { ...ids, saved: saved.ok })
  return saved.ok
}

async function isGone(
  impUid: RecordToDelete['impUid'],
  client: JobDeps['client'],
): Promise<boolean> {
  const read = await client.call(certifications.get, { imp_uid: impUid })
  return !read.ok && read.failure.reason === 'not_found'
}
