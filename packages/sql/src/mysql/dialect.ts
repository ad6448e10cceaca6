import {
  attemptColumns,
  cancelColumns,
  issueColumns,
  orderColumns,
  paymentLinkColumns,
} from '../columns.ts'
import type { Claim, Dialect } from '../dialect.ts'
import type { Row, Statement } from '../driver.ts'
import {
  eraseExpired,
  identityVerifications as identity,
  isErasable,
  taken,
} from '../identity-statements.ts'
import { mysqlHistories } from '../order-histories.ts'
import { mysqlOrderLists } from '../order-lists.ts'
import * as server from '../server-statements.ts'
import * as shared from '../shared-statements.ts'
import {
  billingKeyColumns,
  insertValues,
  sharedStatements,
} from '../store/billing-keys/key-statements.ts'
import { paymentLinks } from './payment-links.ts'
import { subscriptions } from './subscriptions.ts'

// MySQL and MariaDB. UPDATE returns no rows, its row counts depend on a flag of the connection, and an upsert has no
// condition. So the row of the order is locked first, a guard follows that returns a row or none, and what comes after
// it is unconditional. A claim locks the due rows, reads them and moves their due time.

/** Rows that another instance is taking are skipped: it takes them, or they are due again after its lease. */
const skipping = 'FOR UPDATE SKIP LOCKED'

// The verdict is assigned last: the values before it are chosen by the one that the row has.
const updateUnless = (
  verdict: string,
) => `reason = IF(verdict = '${verdict}', reason, VALUES(reason)),
  payment_status = IF(verdict = '${verdict}', payment_status, VALUES(payment_status)),
  amount = IF(verdict = '${verdict}', amount, VALUES(amount)),
  cancelled = IF(verdict = '${verdict}', cancelled, VALUES(cancelled)),
  created_at = IF(verdict = '${verdict}', created_at, VALUES(created_at)),
  verdict = VALUES(verdict)`
const updateOnAttempt = `verdict = VALUES(verdict), reason = VALUES(reason), payment_status = VALUES(payment_status),
  amount = VALUES(amount), cancelled = VALUES(cancelled), created_at = VALUES(created_at)`

const insertRevocations = `INSERT INTO revocations (imp_uid, merchant_uid, state, requested_at, due_at) VALUES ?1
  ON DUPLICATE KEY UPDATE imp_uid = revocations.imp_uid`

const insertPoll = `INSERT INTO poll_schedule (merchant_uid, due_at) VALUES (?1, ?2)
  ON DUPLICATE KEY UPDATE merchant_uid = poll_schedule.merchant_uid`

const insertReported = `INSERT INTO reconciliation_issues
  (id, kind, merchant_uid, imp_uid, policy, snapshot, tries, created_at)
  SELECT ?1, ?2, ?3, ?4, 'report', ?5, 0, ?6 FROM DUAL
  WHERE NOT EXISTS (SELECT 1 FROM reconciliation_issues AS existing WHERE existing.id = ?1)`

// Both payloads are bound, because only the row has the policy.
const insertIssueEvent = `INSERT INTO outbox (id, kind, payload, created_at, due_at, tries)
  SELECT ?1, 'exception', IF(policy = 'refund', ?4, ?3), ?5, ?5, 0
  FROM reconciliation_issues WHERE id = ?2
  AND NOT EXISTS (SELECT 1 FROM outbox AS existing WHERE existing.id = ?1)`

/** Leases rows by two statements: `take` locks and returns them, and `lease` moves the due time of those keys. */
function takeThenLease(take: string, lease: string, key: readonly string[]): Claim {
  return (values, leaseEnd) => {
    const first: Statement = { text: take, values }
    const toValues = (rows: readonly Row[]) => [
      leaseEnd,
      rows.map((row) => key.map((column) => row[column] ?? null)),
    ]
    return [first, { text: lease, values: toValues, after: first }]
  }
}

const accountedFor = (kind: 'order_unknown' | 'mismatch_paid') =>
  `SELECT ${issueColumns} FROM reconciliation_issues
  WHERE closed_at IS NULL AND id IN (
    SELECT CONCAT('${kind}:', imp_uid) FROM orders
    WHERE merchant_uid IN (?1) AND imp_uid IS NOT NULL
    AND (status = 'paid' OR status = 'partially_cancelled' OR status = 'cancelled')
  )`

export const mysql: Dialect = {
  guards: {
    lockOrder: `SELECT 1 AS locked FROM orders WHERE merchant_uid = ?1 FOR UPDATE`,
    lockUnchanged: `SELECT 1 AS locked FROM orders WHERE merchant_uid = ?1 AND sequence = ?2 FOR UPDATE`,

    // Two transactions may still give one payment to two orders: the unique index refuses the second, which then
    // begins anew and finds the first here. The second NOT EXISTS: a payment that is known to be refunded may still
    // be paid in a record that was read before its refund. It need not be the payment that the order has then:
    // another account may be the one that is shown.
    record: `SELECT 1 AS allowed FROM orders WHERE merchant_uid = ?1
      AND NOT EXISTS (SELECT 1 FROM orders AS other WHERE other.imp_uid = ?2 AND other.merchant_uid <> ?1)
      AND NOT EXISTS (
        SELECT 1 FROM attempts WHERE imp_uid = ?3 AND merchant_uid = ?1 AND verdict = 'refunded'
      )`,

    // Money may come after the refusal: an account of the wrong amount is issued first and paid into later. It may also
    // come with another amount into an account that was accepted, because the amount of an account can be changed.
    refused: `SELECT 1 AS allowed FROM orders WHERE merchant_uid = ?1 AND NOT EXISTS (
      SELECT 1 FROM attempts WHERE imp_uid = ?2 AND merchant_uid = ?1
      AND NOT (verdict = 'refused' AND payment_status <> ?3)
      AND NOT (?4 = 1 AND verdict = 'accepted' AND NOT (
        orders.imp_uid <=> ?2
        AND (status = 'paid' OR status = 'partially_cancelled' OR status = 'cancelled')
      ))
    ) AND (
      ?4 = 1 OR EXISTS (SELECT 1 FROM attempts WHERE imp_uid = ?2 AND merchant_uid = ?1)
      OR (SELECT count(*) FROM (
        SELECT 1 AS refusal FROM attempts WHERE merchant_uid = ?1 AND verdict = 'refused'
        LIMIT ${shared.maxRefusalsPerOrder}
      ) AS refusals) < ${shared.maxRefusalsPerOrder}
    )`,

    // An account that was accepted and then replaced by another payment may still receive money, and so may one that
    // was refused, because it was older than its order, and is in time by its deposit.
    unmatched: `SELECT 1 AS allowed FROM orders WHERE merchant_uid = ?1 AND NOT EXISTS (
      SELECT 1 FROM attempts WHERE imp_uid = ?2 AND merchant_uid = ?1
      AND verdict <> 'accepted' AND verdict <> 'refused'
    )`,
  },

  orders: {
    ...shared.orders,

    // Not by a SELECT: in a transaction of the shop, which may be REPEATABLE READ, two that insert at the end of the index
    // would lock the same gap and deadlock.
    insert: `INSERT IGNORE INTO orders
      (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, status, cancelled,
       sequence, created_at, updated_at, tax_free, vat_amount, expected_channel, payee, naver_products)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', 0, 0, ?8, ?8, ?9, ?10, ?11, ?12, ?13)`,

    selectCommitted: `${shared.orders.select} LOCK IN SHARE MODE`,

    update: `UPDATE orders SET
      status = ?3, imp_uid = ?4, pay_method = ?5, cancelled = ?6, vbank_bank = ?7, vbank_number = ?8,
      vbank_holder = ?9, vbank_due_at = ?10, vbank_issued_at = ?11, accounts = ?12, paid_at = ?13,
      fail_reason = ?14, receipt_url = ?15, paid_amount = ?16, sequence = sequence + 1, updated_at = ?17
      WHERE merchant_uid = ?1 AND sequence = ?2`,

    incrementSequence: `UPDATE orders SET sequence = sequence + 1, updated_at = ?2 WHERE merchant_uid = ?1`,

    selectMany: `SELECT ${orderColumns} FROM orders WHERE merchant_uid IN (?1)`,
  },

  attempts: {
    // It replaces an earlier refusal of the same payment.
    insertAccepted: `INSERT INTO attempts (${attemptColumns})
      VALUES (?1, ?2, 'accepted', NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      ON DUPLICATE KEY UPDATE ${updateUnless('accepted')}`,

    insertRefused: `INSERT INTO attempts (${attemptColumns})
      VALUES (?1, ?2, 'refused', ?12, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      ON DUPLICATE KEY UPDATE ${updateOnAttempt}`,

    insertUnmatched: `INSERT INTO attempts (${attemptColumns})
      VALUES (?1, ?2, ?12, NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      ON DUPLICATE KEY UPDATE ${updateOnAttempt}`,

    // By the whole key: one payment may have been offered for any number of orders.
    selectUnaccepted: `SELECT imp_uid, merchant_uid, payment_status FROM attempts
      WHERE (imp_uid, merchant_uid) IN (?1) AND verdict <> 'accepted'`,
  },

  outbox: {
    ...shared.outbox,
    ...server.outbox,

    insert: `INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 0)`,

    claimDue: takeThenLease(
      `SELECT id, merchant_uid, sequence, kind, payload, created_at, CAST(?2 AS SIGNED) AS due_at,
      tries + 1 AS tries, failure, delivered_at
      FROM outbox WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping}`,
      `UPDATE outbox SET due_at = ?1, tries = tries + 1 WHERE id IN (?2)`,
      ['id'],
    ),
    claimOne: takeThenLease(
      `SELECT id, merchant_uid, sequence, kind, payload, created_at, CAST(?2 AS SIGNED) AS due_at,
      tries + 1 AS tries, failure, delivered_at
      FROM outbox WHERE id = ?3 AND due_at <= ?1 FOR UPDATE`,
      `UPDATE outbox SET due_at = ?1, tries = tries + 1 WHERE id IN (?2)`,
      ['id'],
    ),
  },

  backlog: shared.backlog,

  cancels: {
    ...shared.cancels,
    open: [
      `UPDATE cancels SET
        amount = ?3, asked_by = ?6, state = 'requested', detail = NULL, requested_at = ?7, settled_at = NULL,
        due_at = ?8, tax_free = ?9, vat_amount = ?10
        WHERE imp_uid = ?1 AND balance = ?2 AND state = 'refused'`,
      `INSERT INTO cancels
        (imp_uid, balance, amount, currency, merchant_uid, asked_by, state, requested_at, due_at, tax_free,
         vat_amount)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, 'requested', ?7, ?8, ?9, ?10 FROM DUAL WHERE NOT EXISTS (
          SELECT 1 FROM cancels AS existing WHERE existing.imp_uid = ?1 AND existing.balance = ?2
        )`,
    ],
    // The older a cancel, the longer until the next try to resolve it. A confirmed cancel stays confirmed: a later
    // result may come from an older record. The state is assigned last: it decides no other column here.
    settle: `UPDATE cancels SET detail = ?4, settled_at = ?5,
      due_at = IF(?5 IS NULL, ?6 + GREATEST(?7, (?6 - requested_at) DIV 4), NULL), state = ?3
      WHERE imp_uid = ?1 AND balance = ?2 AND state <> 'confirmed'`,
    claimDue: takeThenLease(
      `SELECT ${cancelColumns} FROM cancels
      WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping}`,
      `UPDATE cancels SET due_at = ?1 WHERE (imp_uid, balance) IN (?2)`,
      ['imp_uid', 'balance'],
    ),
  },

  revocations: {
    ...shared.revocations,
    insert: insertRevocations,
    insertOther: insertRevocations,
    settle: `UPDATE revocations SET detail = ?3, settled_at = ?4,
      due_at = IF(?4 IS NULL, ?5 + GREATEST(?6, (?5 - requested_at) DIV 4), NULL), state = ?2
      WHERE imp_uid = ?1 AND state <> 'confirmed'`,
    claimDue: takeThenLease(
      `SELECT imp_uid FROM revocations WHERE due_at <= ?1
      ORDER BY due_at LIMIT ?3 ${skipping}`,
      `UPDATE revocations SET due_at = ?1 WHERE imp_uid IN (?2)`,
      ['imp_uid'],
    ),
  },

  paymentLinks: {
    ...paymentLinks,
    claimDue: takeThenLease(
      `SELECT ${paymentLinkColumns} FROM payment_links
      WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping}`,
      `UPDATE payment_links SET due_at = ?1 WHERE id IN (?2)`,
      ['id'],
    ),
  },

  issues: {
    ...shared.issues,
    insertReported: server.insertEachReported(insertReported, insertIssueEvent),
    insertUnmatched: `INSERT INTO reconciliation_issues
      (id, kind, merchant_uid, imp_uid, policy, snapshot, tries, created_at, due_at)
      SELECT ?1, ?2, ?3, ?4, policy, ?5, 0, ?6, IF(policy = 'refund', ?6, NULL)
      FROM (SELECT CASE WHEN ?7 = 0 THEN 'report' WHEN ?2 <> 'late_paid' OR status <> 'expired' THEN policy_unmatched
        WHEN policy_late = 'refund' THEN 'refund' ELSE 'report' END AS policy
        FROM orders WHERE merchant_uid = ?3) AS of_order
      WHERE NOT EXISTS (SELECT 1 FROM reconciliation_issues AS existing WHERE existing.id = ?1)`,
    insertEvent: insertIssueEvent,
    claimDue: takeThenLease(
      `SELECT ${issueColumns} FROM reconciliation_issues
      WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping}`,
      `UPDATE reconciliation_issues SET due_at = ?1 WHERE id IN (?2)`,
      ['id'],
    ),
    selectExisting: `SELECT id FROM reconciliation_issues WHERE id IN (?1)`,
    selectAccountedFor: `${accountedFor('order_unknown')} UNION ALL ${accountedFor('mismatch_paid')}`,
  },

  polls: {
    insert: insertPoll,
    insertOfAccount: insertPoll,
    claimDue: takeThenLease(
      `SELECT merchant_uid FROM poll_schedule WHERE due_at <= ?1
      ORDER BY due_at LIMIT ?3 ${skipping}`,
      `UPDATE poll_schedule SET due_at = ?1 WHERE merchant_uid IN (?2)`,
      ['merchant_uid'],
    ),
    upsertMany: `INSERT INTO poll_schedule (merchant_uid, due_at) VALUES ?1
      ON DUPLICATE KEY UPDATE due_at = VALUES(due_at)`,
    deleteMany: `DELETE FROM poll_schedule WHERE merchant_uid IN (?1)`,
  },

  cursors: {
    ...shared.cursors,
    insert: `INSERT INTO cursors (name, at, held_until) VALUES (?1, ?2, 0)
      ON DUPLICATE KEY UPDATE name = cursors.name`,
    acquire: takeThenLease(
      `SELECT name, at FROM cursors
      WHERE name = ?1 AND (held_until <= ?2 OR held_until > ?4) FOR UPDATE`,
      `UPDATE cursors SET held_until = ?1 WHERE name IN (?2)`,
      ['name'],
    ),
  },

  retention: {
    deleteDeliveredEvents: `DELETE FROM outbox WHERE delivered_at < ?1 ORDER BY delivered_at LIMIT ?2`,
    deleteRefusals: `DELETE FROM attempts WHERE verdict = 'refused' AND created_at < ?1
      ORDER BY created_at LIMIT ?2`,
  },

  identityVerifications: {
    insert: identity.insertIgnoring,
    select: identity.select,
    lockUnchanged: `SELECT 1 AS locked FROM identity_verifications WHERE id = ?1 AND sequence = ?2 FOR UPDATE`,
    guardResult: `SELECT 1 AS allowed FROM identity_verifications WHERE id = ?1 AND ${taken('?2', '?3', '?4')}`,
    recordResult: identity.recordResult,
    use: identity.use,
    requestDeletion: identity.requestDeletion,
    // The state is assigned last: it decides no other column here.
    settleDeletion: `UPDATE identity_verifications SET
      due_at = IF(?2 = 'deleting', ?3 + GREATEST(?4, (?3 - deletion_requested_at) DIV 4), NULL), provider_record = ?2
      WHERE id = ?1 AND provider_record = 'deleting'`,
    claimDeletions: takeThenLease(
      `SELECT id, imp_uid FROM identity_verifications WHERE due_at <= ?1
      ORDER BY due_at LIMIT ?3 ${skipping}`,
      `UPDATE identity_verifications SET due_at = ?1 WHERE id IN (?2)`,
      ['id'],
    ),
    deleteExpired: `DELETE FROM identity_verifications WHERE kept_until < ?1 AND due_at IS NULL
      ORDER BY kept_until LIMIT ?2`,
    eraseExpired: `${eraseExpired} WHERE ${isErasable} ORDER BY kept_until LIMIT ?2`,
  },

  billingKeys: {
    ...sharedStatements,
    insert: `INSERT IGNORE ${insertValues}`,
    claimDue: takeThenLease(
      `SELECT ${billingKeyColumns.replace('due_at', 'CAST(?2 AS SIGNED) AS due_at')}
      FROM billing_keys WHERE due_at <= ?1
      ORDER BY due_at LIMIT ?3 ${skipping}`,
      `UPDATE billing_keys SET due_at = ?1 WHERE registration_id IN (?2)`,
      ['registration_id'],
    ),
    selectAmong: `SELECT ${billingKeyColumns} FROM billing_keys WHERE customer_uid IN (?1)`,
    selectExisting: `SELECT registration_id, payee FROM billing_keys WHERE registration_id IN (?1)`,
    deleteFailed: `DELETE FROM billing_keys WHERE state = 'failed' AND created_at < ?1
      ORDER BY created_at LIMIT ?2`,
  },
  orderLists: mysqlOrderLists,
  orderHistories: mysqlHistories,
  subscriptions,
}
