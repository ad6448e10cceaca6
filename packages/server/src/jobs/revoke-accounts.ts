import type { JobDeps } from '../deps.ts'
import type { LogFields } from '../log.ts'
import { revoke } from '../payments/revoke-account.ts'
import { isolateErrors } from './isolate-errors.ts'

const batchSize = 50

/** Revokes the accounts of closed and expired orders that were not revoked at once. */
export async function revokeAccounts(deps: JobDeps): Promise<LogFields> {
  const claimed = await deps.store.revocations.claim(batchSize)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let settled = 0
  for (const impUid of claimed.value) {
    const state = await isolateErrors(impUid, deps.log, () => revoke(impUid, deps))
    if (state === 'confirmed' || state === 'refused') settled += 1
  }
  return { claimed: claimed.value.length, settled }
}
