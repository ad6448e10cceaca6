import type { JobDeps } from '../../deps.ts'
import type { LogFields } from '../../log.ts'
import { revoke } from '../../payments/revoke-account.ts'
import type { Budget } from '../../run-budget.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'

const batchSize = 50
/** A lookup, the revocation and another lookup; each call may be repeated once. */
const costOfEach = { storeCalls: 1, requests: 6 }
const costOfClaim = { storeCalls: 1 }

/** Revokes the accounts of closed and expired orders that were not revoked at once. */
export async function revokeAccounts(deps: JobDeps, budget: Budget): Promise<LogFields> {
  const size = Math.max(1, budget.countFitting(costOfEach, batchSize))
  if (!budget.take(costOfClaim)) return { failure: 'budget_spent' }
  const claimed = await deps.store.revocations.claim(size)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let settled = 0
  for (const impUid of claimed.value) {
    // Due again when its lease ends.
    if (!budget.take(costOfEach)) break
    const state = await isolateErrors(impUid, deps.log, () => revoke(impUid, deps))
    if (state === 'confirmed' || state === 'refused') settled += 1
  }
  return { claimed: claimed.value.length, settled }
}
