import type { JobDeps } from '../../deps.ts'
import { deleteRecord } from '../../identity-verifications/delete-record.ts'
import type { LogFields } from '../../log.ts'
import type { Budget } from '../../run-budget.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'

const batchSize = 50
/** The deletion and a lookup, each of which may be repeated once. */
const costOfEach = { storeCalls: 1, requests: 4 }
/** The expired ones, and those whose record is to be deleted. */
const costOfReads = { storeCalls: 2 }
/** Rows of one statement: a deletion must not keep other writers waiting. */
const maxRows = 500

/**
 * Deletes identity verifications whose time is over, and at the provider the records that are to be deleted and were not
 * deleted at once. What is left is due in the next run.
 */
export async function eraseVerifications(deps: JobDeps, budget: Budget): Promise<LogFields> {
  const size = Math.max(1, budget.countFitting(costOfEach, batchSize))
  const most = Math.max(1, budget.countFitting({ storeCalls: 1 }, maxRows))
  if (!budget.take(costOfReads)) return { failure: 'budget_spent' }
  const { identityVerifications } = deps.store
  const expired = await identityVerifications.deleteExpired(most)
  if (!expired.ok) return { failure: expired.failure.reason }
  const claimed = await identityVerifications.claimDeletions(size)
  if (!claimed.ok) return { expired: expired.value, failure: claimed.failure.reason }
  let deleted = 0
  for (const each of claimed.value) {
    // Due again when its lease ends.
    if (!budget.take(costOfEach)) break
    const isDeleted = await isolateErrors(each.id, deps.log, () => deleteRecord(each, deps))
    if (isDeleted === true) deleted += 1
  }
  return { expired: expired.value, claimed: claimed.value.length, deleted }
}
