import type { JobDeps } from '../../deps.ts'
import type { ReconciliationIssue } from '../../domain/reconciliation-issue.ts'
import type { LogFields } from '../../log.ts'
import { type IssueRefundResult, refundReconciliationIssue } from '../../payments/refund-issue.ts'
import type { Budget } from '../../run-budget.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'

const batchSize = 50
/** Two lookups, a cancel and what is recorded of them; each call may be repeated once. */
const costOfEach = { storeCalls: 11, requests: 6 }
const costOfClaim = { storeCalls: 1 }
const maxTries = 5
const firstRetryMs = 50_000

/** Refunds what remains of unmatched payments whose order's policy is `refund`, each once. */
export async function applyPolicies(deps: JobDeps, budget: Budget): Promise<LogFields> {
  const size = Math.max(1, budget.countFitting(costOfEach, batchSize))
  if (!budget.take(costOfClaim)) return { failure: 'budget_spent' }
  const claimed = await deps.store.reconciliationIssues.claim(size)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let closed = 0
  for (const issue of claimed.value) {
    // Due again when its lease ends.
    if (!budget.take(costOfEach)) break
    const refundResult = await isolateErrors(issue.id, deps.log, () =>
      refundReconciliationIssue(issue, {}, deps),
    )
    if (refundResult === null) continue
    await recordResult(issue, refundResult, deps)
    if (refundResult.kind === 'closed') closed += 1
  }
  return { claimed: claimed.value.length, closed }
}

async function recordResult(
  issue: ReconciliationIssue,
  refundResult: IssueRefundResult,
  deps: JobDeps,
): Promise<void> {
  const { reconciliationIssues } = deps.store
  const { id, tries } = issue
  const { kind, outcome } = refundResult
  deps.log('policy_applied', { id, kind, outcome })
  if (kind === 'closed') {
    await reconciliationIssues.close(issue, outcome)
    return
  }
  const isFinal = kind === 'manual' || (outcome === 'cancel_refused' && tries + 1 >= maxTries)
  const retryMs = firstRetryMs * 2 ** Math.min(tries, 8)
  const dueAt = isFinal ? null : new Date(deps.now().getTime() + retryMs)
  await reconciliationIssues.postpone(issue, outcome, dueAt)
}
