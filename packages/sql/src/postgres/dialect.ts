import {
  attemptColumns,
  cancelColumns,
  eventColumns,
  issueColumns,
  orderColumns,
} from '../columns.ts'
import { type Dialect, takeBy } from '../dialect.ts'
import { identityVerifications as identity } from '../identity-statements.ts'
import { postgresHistories } from '../order-histories.ts'
import { orderLists } from '../order-lists.ts'
import * as server from '../server-statements.ts'
import * as shared from '../shared-statements.ts'
import {
  billingKeyColumns,
  insertValues,
  sharedStatements,
} from '../store/billing-keys/key-statements.ts'
import { paymentLinks } from './payment-links.ts'
import { subscriptions } from './subscriptions.ts'

// A statement of PostgreSQL reads what was committed when it began, also while it waits for a row: a guard in the same
// statement could read an attempt that was written meanwhile as missing. So the row of the order is locked first, by a
// statement of its own, and everything that belongs to the order changes under this lock only.

const updateOnAttempt = `verdict = excluded.verdict, reason = excluded.reason, payment_status = excluded.payment_status,
  amount = excluded.amount, cancelled = excluded.cancelled, created_at = excluded.created_at`

/** Rows that another instance is taking are skipped: it takes them, or they are due again after its lease. */
const skipping = 'FOR UPDATE SKIP LOCKED'

const insertRevocations = `INSERT INTO revocations (imp_uid, merchant_uid, state, requested_at, due_at)
  SELECT row ->> 0, row ->> 1, row ->> 2, (row ->> 3)::bigint, (row ->> 4)::bigint
  FROM json_array_elements(?1::json) AS row
  ON CONFLICT (imp_uid) DO NOTHING`

const insertPoll = `INSERT INTO poll_schedule (merchant_uid, due_at) VALUES (?1, ?2)
  ON CONFLICT (merchant_uid) DO NOTHING`

const insertReported = `INSERT INTO reconciliation_issues
  (id, kind, merchant_uid, imp_uid, policy, snapshot, tries, created_at)
  VALUES (?1, ?2, ?3, ?4, 'report', ?5, 0, ?6) ON CONFLICT (id) DO NOTHING`

// Both payloads are bound, because only the row has the policy.
const insertIssueEvent = `INSERT INTO outbox (id, kind, payload, created_at, due_at, tries)
  SELECT ?1, 'exception', CASE policy WHEN 'refund' THEN ?4 ELSE ?3 END, ?5::bigint, ?5::bigint, 0
  FROM reconciliation_issues WHERE id = ?2 ON CONFLICT (id) DO NOTHING`

const accountedFor = (kind: 'order_unknown' | 'mismatch_paid') =>
  `SELECT ${issueColumns} FROM reconciliation_issues
  WHERE closed_at IS NULL AND id IN (
    SELECT '${kind}:' || imp_uid FROM orders
    WHERE merchant_uid = ANY (?1) AND imp_uid IS NOT NULL
    AND (status = 'paid' OR status = 'partially_cancelled' OR status = 'cancelled')
  )`

export const postgres: Dialect = {
  guards: {
    lockOrder: `SELECT 1 AS locked FROM orders WHERE merchant_uid = ?1 FOR UPDATE`,
    lockUnchanged: `SELECT 1 AS locked FROM orders WHERE merchant_uid = ?1 AND sequence = ?2 FOR UPDATE`,
    record: null,
    refused: null,
    unmatched: null,
  },

  orders: {
    ...shared.orders,

    insert: `INSERT INTO orders
      (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, status, cancelled,
       sequence, created_at, updated_at, tax_free, vat_amount, expected_channel, payee, naver_products)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', 0, 0, ?8, ?8, ?9, ?10, ?11, ?12, ?13)
      ON CONFLICT (merchant_uid) DO NOTHING`,

    // Two transactions may still give one payment to two orders: the unique index refuses the second, which then
    // begins anew and reads the first in NOT EXISTS. The second NOT EXISTS: a payment that is known to be refunded
    // may still be paid in a record that was read before its refund. It need not be the payment that the order has
    // then: another account may be the one that is shown.
    update: `UPDATE orders SET
      status = ?3, imp_uid = ?4, pay_method = ?5, cancelled = ?6, vbank_bank = ?7, vbank_number = ?8,
      vbank_holder = ?9, vbank_due_at = ?10, vbank_issued_at = ?11, accounts = ?12, paid_at = ?13,
      fail_reason = ?14, receipt_url = ?15, paid_amount = ?16, sequence = sequence + 1, updated_at = ?17
      WHERE merchant_uid = ?1 AND sequence = ?2
      AND NOT EXISTS (SELECT 1 FROM orders AS other WHERE other.imp_uid = ?4 AND other.merchant_uid <> ?1)
      AND NOT EXISTS (
        SELECT 1 FROM attempts WHERE imp_uid = ?18 AND merchant_uid = ?1 AND verdict = 'refunded'
      )`,

    incrementSequence: `UPDATE orders SET sequence = sequence + 1, updated_at = ?2 WHERE merchant_uid = ?1`,

    selectMany: `SELECT ${orderColumns} FROM orders WHERE merchant_uid = ANY (?1)`,
  },

  attempts: {
    // It replaces an earlier refusal of the same payment.
    insertAccepted: `INSERT INTO attempts (${attemptColumns})
      VALUES (?1, ?2, 'accepted', NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET ${updateOnAttempt}
      WHERE attempts.verdict <> 'accepted'`,

    // Money may come after the refusal: an account of the wrong amount is issued first and paid into later. It may also
    // come with another amount into an account that was accepted, because the amount of an account can be changed.
    insertRefused: `INSERT INTO attempts (${attemptColumns})
      SELECT ?1, ?2, 'refused', ?12, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
      WHERE ?13::integer = 1 OR EXISTS (SELECT 1 FROM attempts WHERE imp_uid = ?1 AND merchant_uid = ?2)
      OR (SELECT count(*) FROM (
        SELECT 1 FROM attempts WHERE merchant_uid = ?2 AND verdict = 'refused' LIMIT ${shared.maxRefusalsPerOrder}
      ) AS refusals) < ${shared.maxRefusalsPerOrder}
      ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET ${updateOnAttempt}
      WHERE (attempts.verdict = 'refused' AND attempts.payment_status <> excluded.payment_status)
      OR (?13::integer = 1 AND attempts.verdict = 'accepted' AND NOT EXISTS (
        SELECT 1 FROM orders WHERE merchant_uid = ?2 AND imp_uid = ?1
        AND (status = 'paid' OR status = 'partially_cancelled' OR status = 'cancelled')
      ))`,

    // An account that was accepted and then replaced by another payment may still receive money, and so may one that
    // was refused, because it was older than its order, and is in time by its deposit.
    insertUnmatched: `INSERT INTO attempts (${attemptColumns})
      VALUES (?1, ?2, ?12, NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
      ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET ${updateOnAttempt}
      WHERE attempts.verdict = 'accepted' OR attempts.verdict = 'refused'`,

    // By the whole key: one payment may have been offered for any number of orders.
    selectUnaccepted: `SELECT imp_uid, merchant_uid, payment_status FROM attempts
      WHERE (imp_uid, merchant_uid) IN (
        SELECT row ->> 0, row ->> 1 FROM json_array_elements(?1::json) AS row
      ) AND verdict <> 'accepted'`,
  },

  outbox: {
    ...shared.outbox,
    ...server.outbox,

    insert: `INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 0)`,

    claimDue: takeBy(`WITH due AS MATERIALIZED
      (SELECT id FROM outbox WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping})
      UPDATE outbox SET due_at = ?2, tries = tries + 1 WHERE id IN (SELECT id FROM due)
      RETURNING ${eventColumns}`),
    claimOne:
      takeBy(`UPDATE outbox SET due_at = ?2, tries = tries + 1 WHERE id = ?3 AND due_at <= ?1
      RETURNING ${eventColumns}`),
  },

  backlog: shared.backlog,

  cancels: {
    ...shared.cancels,
    open: [
      `INSERT INTO cancels
        (imp_uid, balance, amount, currency, merchant_uid, asked_by, state, requested_at, due_at, tax_free,
         vat_amount)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'requested', ?7, ?8, ?9, ?10)
        ON CONFLICT (imp_uid, balance) DO UPDATE SET
          amount = excluded.amount, asked_by = excluded.asked_by, state = excluded.state, detail = NULL,
          requested_at = excluded.requested_at, settled_at = NULL, due_at = excluded.due_at,
          tax_free = excluded.tax_free, vat_amount = excluded.vat_amount
        WHERE cancels.state = 'refused'`,
    ],
    // The older a cancel, the longer until the next try to resolve it. A confirmed cancel stays confirmed: a later
    // result may come from an older record.
    settle: `UPDATE cancels SET state = ?3, detail = ?4, settled_at = ?5,
      due_at = CASE WHEN ?5::bigint IS NULL
        THEN ?6::bigint + greatest(?7::bigint, (?6::bigint - requested_at) / 4) END
      WHERE imp_uid = ?1 AND balance = ?2 AND state <> 'confirmed'`,
    claimDue: takeBy(`WITH due AS MATERIALIZED
      (SELECT imp_uid, balance FROM cancels WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping})
      UPDATE cancels SET due_at = ?2 WHERE (imp_uid, balance) IN (SELECT imp_uid, balance FROM due)
      RETURNING ${cancelColumns}`),
  },

  revocations: {
    ...shared.revocations,
    insert: insertRevocations,
    insertOther: insertRevocations,
    settle: `UPDATE revocations SET state = ?2, detail = ?3, settled_at = ?4,
      due_at = CASE WHEN ?4::bigint IS NULL
        THEN ?5::bigint + greatest(?6::bigint, (?5::bigint - requested_at) / 4) END
      WHERE imp_uid = ?1 AND state <> 'confirmed'`,
    claimDue: takeBy(`WITH due AS MATERIALIZED
      (SELECT imp_uid FROM revocations WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping})
      UPDATE revocations SET due_at = ?2 WHERE imp_uid IN (SELECT imp_uid FROM due) RETURNING imp_uid`),
  },

  paymentLinks,

  issues: {
    ...shared.issues,
    insertReported: server.insertEachReported(insertReported, insertIssueEvent),
    insertUnmatched: `INSERT INTO reconciliation_issues
      (id, kind, merchant_uid, imp_uid, policy, snapshot, tries, created_at, due_at)
      SELECT ?1, ?2::text, ?3, ?4, policy, ?5, 0, ?6::bigint, CASE policy WHEN 'refund' THEN ?6::bigint END
      FROM (SELECT CASE WHEN ?7::integer = 0 THEN 'report' WHEN ?2::text <> 'late_paid' OR status <> 'expired' THEN policy_unmatched
        WHEN policy_late = 'refund' THEN 'refund' ELSE 'report' END AS policy
        FROM orders WHERE merchant_uid = ?3) AS of_order
      ON CONFLICT (id) DO NOTHING`,
    insertEvent: insertIssueEvent,
    claimDue: takeBy(`WITH due AS MATERIALIZED
      (SELECT id FROM reconciliation_issues WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping})
      UPDATE reconciliation_issues SET due_at = ?2 WHERE id IN (SELECT id FROM due)
      RETURNING ${issueColumns}`),
    selectExisting: `SELECT id FROM reconciliation_issues WHERE id = ANY (?1)`,
    selectAccountedFor: `${accountedFor('order_unknown')} UNION ALL ${accountedFor('mismatch_paid')}`,
  },

  polls: {
    insert: insertPoll,
    insertOfAccount: insertPoll,
    claimDue: takeBy(`WITH due AS MATERIALIZED
      (SELECT merchant_uid FROM poll_schedule WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping})
      UPDATE poll_schedule SET due_at = ?2 WHERE merchant_uid IN (SELECT merchant_uid FROM due)
      RETURNING merchant_uid`),
    upsertMany: `INSERT INTO poll_schedule (merchant_uid, due_at)
      SELECT row ->> 0, (row ->> 1)::bigint FROM json_array_elements(?1::json) AS row
      ON CONFLICT (merchant_uid) DO UPDATE SET due_at = excluded.due_at`,
    deleteMany: `DELETE FROM poll_schedule WHERE merchant_uid = ANY (?1)`,
  },

  cursors: {
    ...shared.cursors,
    insert: `INSERT INTO cursors (name, at, held_until) VALUES (?1, ?2, 0) ON CONFLICT (name) DO NOTHING`,
    acquire: takeBy(`UPDATE cursors SET held_until = ?3
      WHERE name = ?1 AND (held_until <= ?2 OR held_until > ?4) RETURNING at`),
  },

  retention: {
    deleteDeliveredEvents: `DELETE FROM outbox WHERE id IN (
      SELECT id FROM outbox WHERE delivered_at < ?1 ORDER BY delivered_at LIMIT ?2
    )`,
    deleteRefusals: `DELETE FROM attempts WHERE (imp_uid, merchant_uid) IN (
      SELECT imp_uid, merchant_uid FROM attempts
      WHERE verdict = 'refused' AND created_at < ?1 ORDER BY created_at LIMIT ?2
    )`,
  },

  identityVerifications: {
    insert: identity.insert,
    select: identity.select,
    lockUnchanged: null,
    guardResult: null,
    recordResult: identity.recordFreeResult,
    use: identity.use,
    requestDeletion: identity.requestDeletion,
    settleDeletion: `UPDATE identity_verifications SET provider_record = ?2::text,
      due_at = CASE WHEN ?2::text = 'deleting'
        THEN ?3::bigint + greatest(?4::bigint, (?3::bigint - deletion_requested_at) / 4) END
      WHERE id = ?1 AND provider_record = 'deleting'`,
    claimDeletions: takeBy(`WITH due AS MATERIALIZED
      (SELECT id FROM identity_verifications WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping})
      UPDATE identity_verifications SET due_at = ?2 WHERE id IN (SELECT id FROM due) RETURNING id, imp_uid`),
    deleteExpired: identity.deleteExpired,
    eraseExpired: identity.eraseExpired,
  },

  billingKeys: {
    ...sharedStatements,
    insert: `INSERT ${insertValues} ON CONFLICT DO NOTHING`,
    claimDue: takeBy(`WITH due AS MATERIALIZED
      (SELECT registration_id FROM billing_keys WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 ${skipping})
      UPDATE billing_keys SET due_at = ?2 WHERE registration_id IN (SELECT registration_id FROM due)
      RETURNING ${billingKeyColumns}`),
    selectAmong: `SELECT ${billingKeyColumns} FROM billing_keys WHERE customer_uid = ANY (?1)`,
    selectExisting: `SELECT registration_id, payee FROM billing_keys WHERE registration_id = ANY (?1)`,
    deleteFailed: `DELETE FROM billing_keys WHERE registration_id IN (
      SELECT registration_id FROM billing_keys
      WHERE state = 'failed' AND created_at < ?1 ORDER BY created_at LIMIT ?2
    )`,
  },
  orderLists,
  orderHistories: postgresHistories,
  subscriptions,
}
