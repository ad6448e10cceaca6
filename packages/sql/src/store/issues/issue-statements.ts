import type { MerchantUid } from '@quayside/core'
import {
  isRefundable,
  type PaymentSnapshot,
  presentReconciliationIssue,
  type ReconciliationIssue,
  type ReconciliationIssueKind,
} from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import type { Scalar, Statement } from '../../driver.ts'

/**
 * Returns the statements that insert an issue with the order's policy, and its event where the order has no event of
 * its own.
 *
 * @param attempt The statement that records the attempt; without a new attempt there is no issue.
 */
export function issueStatements(
  dialect: Dialect,
  kind: ReconciliationIssueKind,
  merchantUid: MerchantUid,
  payment: PaymentSnapshot,
  attempt: Statement,
  at: Date,
): readonly Statement[] {
  const issue = toNewIssue(kind, merchantUid, payment, at)
  const text = dialect.issues.insertUnmatched
  // A charge that a policy may not refund is reported, whatever the policy.
  const values = [...toIssueValues(issue), Number(isRefundable(payment))]
  const insert: Statement = { text, values, after: attempt }
  return kind === 'mismatch_paid'
    ? [insert, insertIssueEvent(dialect, issue, insert, at)]
    : [insert]
}

/** Returns an issue that no order's policy is about as a row, with the payload of its event. */
export function toReportedRow(issue: ReconciliationIssue): readonly Scalar[] {
  return [...toIssueValues(issue), toPayload(issue)]
}

/** Returns the statement that inserts the event of an issue after a change of it: one event per outcome. */
export function insertIssueEvent(
  { issues }: Dialect,
  issue: ReconciliationIssue,
  after: Statement,
  at: Date,
): Statement {
  const { id, outcome } = issue
  const eventId = outcome === null ? id : `${id}:${outcome}`
  const payloadFor = (policy: ReconciliationIssue['policy']) => toPayload({ ...issue, policy })
  const values = [eventId, id, payloadFor('report'), payloadFor('refund'), at.getTime()]
  return { text: issues.insertEvent, values, after }
}

export function toNewIssue(
  kind: ReconciliationIssueKind,
  merchantUid: MerchantUid,
  payment: PaymentSnapshot,
  createdAt: Date,
): ReconciliationIssue {
  const { impUid } = payment
  const snapshot = toPaymentSnapshot(payment)
  const fresh = { policy: 'report', outcome: null, tries: 0, createdAt, closedAt: null } as const
  return { id: `${kind}:${impUid}`, kind, merchantUid, impUid, snapshot, ...fresh }
}

function toIssueValues({
  id,
  kind,
  merchantUid,
  impUid,
  snapshot,
  createdAt,
}: ReconciliationIssue): readonly Scalar[] {
  return [id, kind, merchantUid, impUid, JSON.stringify(snapshot), createdAt.getTime()]
}

function toPayload(issue: ReconciliationIssue): string {
  return JSON.stringify({ reconciliation_issue: presentReconciliationIssue(issue) })
}

/** Only these fields: a payment as it was read has more. */
function toPaymentSnapshot(payment: PaymentSnapshot): PaymentSnapshot {
  const { impUid, merchantUid, status, amount, cancelled, payMethod, pgProvider } = payment
  const { isBillingKeyIssue, reason } = payment
  return {
    impUid,
    merchantUid,
    status,
    amount,
    cancelled,
    payMethod,
    pgProvider,
    ...(isBillingKeyIssue === true ? { isBillingKeyIssue } : {}),
    ...(reason === undefined ? {} : { reason }),
  }
}
