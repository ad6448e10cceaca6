import type { Payment } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import { type NewIssue, toIssueId } from '../../domain/reconciliation-issue.ts'
import type { Budget } from '../../run-budget.ts'

/** What fits into one statement by far. */
const maxIssuesPerWrite = 1_000

/** Whether a payment is money: not the registration of a card with the amount 0, and in live mode no test payment. */
export function isMoney({ amount, sandbox }: Payment, { config }: JobDeps): boolean {
  return amount.minor > 0 && (config.mode === 'test' || sandbox === false)
}

/**
 * Writes the issues that do not exist yet, many in one transaction.
 *
 * @returns How many were written; null when not all of them exist now: the rest is left to a later run.
 */
export async function reportIssues(
  issues: readonly NewIssue[],
  deps: JobDeps,
  budget: Budget,
): Promise<number | null> {
  const { reconciliationIssues } = deps.store
  if (issues.length === 0) return 0
  if (!budget.take({ storeCalls: 1 })) return null
  const existing = await reconciliationIssues.existing(issues.map(toIssueId))
  if (!existing.ok) return null
  // A payment may be in two lists.
  const byId = new Map(issues.map((issue) => [toIssueId(issue), issue]))
  const fresh = [...byId.values()].filter((issue) => !existing.value.has(toIssueId(issue)))
  for (let first = 0; first < fresh.length; first += maxIssuesPerWrite) {
    if (!budget.take({ storeCalls: 2 })) return null
    const added = await reconciliationIssues.add(fresh.slice(first, first + maxIssuesPerWrite))
    if (!added.ok) return null
  }
  return fresh.length
}
