import {
  attemptColumns,
  cancelColumns,
  eventColumns,
  issueColumns,
  orderColumns,
} from '../columns.ts'
import { type Claim, type Dialect, type TryRow, takeBy } from '../dialect.ts'
import type { Scalar, Statement } from '../driver.ts'
import { identityVerifications as identity } from '../identity-statements.ts'
import { sqliteHistories } from '../order-histories.ts'
import { orderLists } from '../order-lists.ts'
import * as shared from '../shared-statements.ts'
import {
  billingKeyColumns,
  insertValues,
  sharedStatements,
} from '../store/billing-keys/key-statements.ts'
import { paymentLinks } from './payment-links.ts'
import { subscriptions } from './subscriptions.ts'

// SQLite has one writer, so a guard and what it guards are one statement. `changes()` counts the rows of the statement
// before, in the same transaction: no change, no event.

const updateOnAttempt = `verdict = excluded.verdict, reason = excluded.reason, payment_status = excluded.payment_status,
  amount = excluded.amount, cancelled = excluded.cancelled, created_at = excluded.created_at`

const claimDue = (table: string, key: string, columns: string): Claim =>
  takeBy(`UPDATE ${table} SET due_at = ?2
    WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
    RETURNING ${columns}`)

// Events are found by their key, because an UPDATE from a list reads the whole table; the list is short.
const ofTry = (column: number) =>
  `(SELECT value ->> ${column} FROM json_each(?1) WHERE value ->> 0 = outbox.id)`
const isLeased = `id IN (SELECT value ->> 0 FROM json_each(?1)) AND due_at = ${ofTry(1)}`

const settleMany = {
  delivered: `UPDATE outbox SET delivered_at = ?2, due_at = NULL, failure = NULL
    WHERE id IN (SELECT value ->> 0 FROM json_each(?1)) AND delivered_at IS NULL`,
  failed: `UPDATE outbox SET due_at = ${ofTry(2)}, failure = ${ofTry(3)} WHERE ${isLeased}
    RETURNING id, due_at`,
  unsent: `UPDATE outbox SET due_at = ?2, tries = tries - 1 WHERE ${isLeased}
    RETURNING id, due_at`,
}

const insertManyReported = [
  // An issue that exists already has had its event, which may have been deleted since.
  `INSERT INTO outbox (id, kind, payload, created_at, due_at, tries)
  SELECT value ->> 0, 'exception', value ->> 6, value ->> 5, value ->> 5, 0 FROM json_each(?1)
  WHERE NOT EXISTS (SELECT 1 FROM reconciliation_issues WHERE id = value ->> 0)
  ON CONFLICT (id) DO NOTHING`,
  `INSERT INTO reconciliation_issues (id, kind, merchant_uid, imp_uid, policy, snapshot, tries, created_at)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, 'report', value ->> 4, 0, value ->> 5
  FROM json_each(?1) WHERE true ON CONFLICT (id) DO NOTHING`,
]

const orders = {
  ...shared.orders,

  insert: `INSERT INTO orders
    (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, status, cancelled,
     sequence, created_at, updated_at, tax_free, vat_amount, expected_channel, payee, naver_products)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', 0, 0, ?8, ?8, ?9, ?10, ?11, ?12, ?13)
    ON CONFLICT (merchant_uid) DO NOTHING`,

  incrementSequence: `UPDATE orders SET sequence = sequence + 1, updated_at = ?2
    WHERE merchant_uid = ?1 AND changes() = 1`,

  selectMany: `SELECT ${orderColumns} FROM orders
    WHERE merchant_uid IN (SELECT value FROM json_each(?1))`,
}

const attempts = {
  // It replaces an earlier refusal of the same payment.
  insertAccepted: `INSERT INTO attempts (${attemptColumns})
    SELECT ?1, ?2, 'accepted', NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE changes() = 1
    ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET ${updateOnAttempt}
    WHERE attempts.verdict <> 'accepted'`,

  // Money may come after the refusal: an account of the wrong amount is issued first and paid into later. It may also
  // come with another amount into an account that was accepted, because the amount of an account can be changed.
  insertRefused: `INSERT INTO attempts (${attemptColumns})
    SELECT ?1, ?2, 'refused', ?12, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
    WHERE ?13 OR EXISTS (SELECT 1 FROM attempts WHERE imp_uid = ?1 AND merchant_uid = ?2)
    OR (SELECT count(*) FROM (
      SELECT 1 FROM attempts INDEXED BY attempts_refused_order
      WHERE merchant_uid = ?2 AND verdict = 'refused' LIMIT ${shared.maxRefusalsPerOrder}
    )) < ${shared.maxRefusalsPerOrder}
    ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET ${updateOnAttempt}
    WHERE (attempts.verdict = 'refused' AND attempts.payment_status <> excluded.payment_status)
    OR (?13 AND attempts.verdict = 'accepted' AND NOT EXISTS (
      SELECT 1 FROM orders WHERE merchant_uid = ?2 AND imp_uid = ?1
      AND (status = 'paid' OR status = 'partially_cancelled' OR status = 'cancelled')
    ))`,

  // By the whole key: one payment may have been offered for any number of orders. The list is read first.
  selectUnaccepted: `SELECT imp_uid, merchant_uid, payment_status
    FROM json_each(?1) AS offered CROSS JOIN attempts
    WHERE imp_uid = offered.value ->> 0 AND merchant_uid = offered.value ->> 1
    AND verdict <> 'accepted'`,
}

const outbox = {
  settle: (tries: readonly TryRow[], at: number): readonly Statement[] =>
    [...Map.groupBy(tries, ({ kind }) => kind)].map(([kind, alike]) => {
      const rows = alike.map(({ values }) => values)
      return { text: settleMany[kind], values: kind === 'failed' ? [rows] : [rows, at] }
    }),
}

/** The columns of an event; its type is its kind where it has one. */
const toEventColumns = ({ hasEventTypes }: Words): string =>
  hasEventTypes ? eventColumns.replace('kind', 'coalesce(type, kind) AS kind') : eventColumns

/** The statements that write and read the kind of an event. */
const outboxOf = (words: Words): Dialect['outbox'] => {
  const { failedEvents, hasEventTypes } = words
  const columns = toEventColumns(words)
  const insertInto = hasEventTypes
    ? `INSERT INTO outbox (id, merchant_uid, sequence, kind, type, payload, created_at, due_at, tries)
    SELECT ?1, ?2, ?3, iif(instr(?4, '.') > 0, 'expired', ?4), iif(instr(?4, '.') > 0, ?4, NULL), ?5, ?6, ?6, 0`
    : `INSERT INTO outbox (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?6, 0`
  return {
    ...shared.outbox,
    ...outbox,
    insert: `${insertInto} WHERE changes() = 1`,
    claimDue: takeBy(`UPDATE outbox SET due_at = ?2, tries = tries + 1
      WHERE id IN (SELECT id FROM outbox WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
      RETURNING ${columns}`),
    claimOne:
      takeBy(`UPDATE outbox SET due_at = ?2, tries = tries + 1 WHERE id = ?3 AND due_at <= ?1
      RETURNING ${columns}`),
    select: `SELECT ${columns} FROM outbox WHERE id = ?1`,
    // Without the hint SQLite walks the primary key, through every event that was ever delivered.
    selectPending: `SELECT ${columns} FROM outbox INDEXED BY outbox_due
      WHERE due_at IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2`,
    selectDelivered: `SELECT ${columns} FROM outbox
      WHERE delivered_at IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2`,
    selectFailedPermanently: `SELECT ${columns} FROM outbox INDEXED BY ${failedEvents}
      WHERE due_at IS NULL AND delivered_at IS NULL AND id > ?1 ORDER BY id LIMIT ?2`,
  }
}

const cancels = {
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
    due_at = CASE WHEN ?5 IS NULL THEN CAST(?6 + max(?7, (?6 - requested_at) / 4) AS INTEGER) END
    WHERE imp_uid = ?1 AND balance = ?2 AND state <> 'confirmed'`,
  claimDue: claimDue('cancels', 'imp_uid, balance', cancelColumns),
}

const insertRevocations = `INSERT INTO revocations (imp_uid, merchant_uid, state, requested_at, due_at)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1)`

const revocations = {
  ...shared.revocations,
  // Follows no event at once, so it finds out itself whether the order became what the revocation is for.
  insertOther: `${insertRevocations}
    WHERE EXISTS (SELECT 1 FROM orders WHERE merchant_uid = ?2 AND sequence = ?3 AND imp_uid = ?4)
    ON CONFLICT (imp_uid) DO NOTHING`,
  insert: `${insertRevocations} WHERE changes() = 1
    ON CONFLICT (imp_uid) DO NOTHING`,
  settle: `UPDATE revocations SET state = ?2, detail = ?3, settled_at = ?4,
    due_at = CASE WHEN ?4 IS NULL THEN CAST(?5 + max(?6, (?5 - requested_at) / 4) AS INTEGER) END
    WHERE imp_uid = ?1 AND state <> 'confirmed'`,
  claimDue: claimDue('revocations', 'imp_uid', 'imp_uid'),
}

const accountedFor = (kind: 'order_unknown' | 'mismatch_paid') =>
  `SELECT ${issueColumns} FROM reconciliation_issues
  WHERE closed_at IS NULL AND id IN (
    SELECT '${kind}:' || imp_uid FROM orders
    WHERE merchant_uid IN (SELECT value FROM json_each(?1)) AND imp_uid IS NOT NULL
    AND (status = 'paid' OR status = 'partially_cancelled' OR status = 'cancelled')
  )`

const issues = {
  ...shared.issues,
  insertReported: (rows: readonly (readonly Scalar[])[]): readonly Statement[] =>
    insertManyReported.map((text) => ({ text, values: [rows] })),
  insertUnmatched: `INSERT INTO reconciliation_issues
    (id, kind, merchant_uid, imp_uid, policy, snapshot, tries, created_at, due_at)
    SELECT ?1, ?2, ?3, ?4, policy, ?5, 0, ?6, CASE policy WHEN 'refund' THEN ?6 END
    FROM (SELECT CASE WHEN ?7 = 0 THEN 'report'
      WHEN ?2 <> 'late_paid' OR status <> 'expired' THEN policy_unmatched
      WHEN policy_late = 'refund' THEN 'refund' ELSE 'report' END AS policy
      FROM orders WHERE merchant_uid = ?3)
    WHERE changes() = 1 ON CONFLICT (id) DO NOTHING`,
  // Both payloads are bound, because only the row has the policy.
  insertEvent: `INSERT INTO outbox (id, kind, payload, created_at, due_at, tries)
    SELECT ?1, 'exception', CASE policy WHEN 'refund' THEN ?4 ELSE ?3 END, ?5, ?5, 0
    FROM reconciliation_issues WHERE id = ?2 AND changes() = 1 ON CONFLICT (id) DO NOTHING`,
  claimDue: claimDue('reconciliation_issues', 'id', issueColumns),
  selectExisting: `SELECT id FROM reconciliation_issues WHERE id IN (SELECT value FROM json_each(?1))`,
  selectAccountedFor: `${accountedFor('order_unknown')} UNION ALL ${accountedFor('mismatch_paid')}`,
}

const polls = {
  insert: `INSERT INTO poll_schedule (merchant_uid, due_at)
    SELECT ?1, ?2 WHERE changes() = 1 ON CONFLICT (merchant_uid) DO NOTHING`,
  // Follows no event at once, so it finds out itself whether the account was written.
  insertOfAccount: `INSERT INTO poll_schedule (merchant_uid, due_at)
    SELECT ?1, ?2 WHERE EXISTS (
      SELECT 1 FROM orders WHERE merchant_uid = ?1 AND sequence = ?3 AND status = 'vbank_issued'
    )
    ON CONFLICT (merchant_uid) DO NOTHING`,
  claimDue: claimDue('poll_schedule', 'merchant_uid', 'merchant_uid'),
  // An upsert, because an UPDATE from a list reads the whole table.
  upsertMany: `INSERT INTO poll_schedule (merchant_uid, due_at)
    SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
    ON CONFLICT (merchant_uid) DO UPDATE SET due_at = excluded.due_at`,
  deleteMany: `DELETE FROM poll_schedule WHERE merchant_uid IN (SELECT value FROM json_each(?1))`,
}

const cursors = {
  ...shared.cursors,
  insert: `INSERT INTO cursors (name, at, held_until) VALUES (?1, ?2, 0) ON CONFLICT (name) DO NOTHING`,
  acquire: takeBy(`UPDATE cursors SET held_until = ?3
    WHERE name = ?1 AND (held_until <= ?2 OR held_until > ?4) RETURNING at`),
}

const retention = {
  deleteDeliveredEvents: `DELETE FROM outbox WHERE id IN (
    SELECT id FROM outbox INDEXED BY outbox_delivered
    WHERE delivered_at IS NOT NULL AND delivered_at < ?1 ORDER BY delivered_at LIMIT ?2
  )`,
  deleteRefusals: `DELETE FROM attempts WHERE (imp_uid, merchant_uid) IN (
    SELECT imp_uid, merchant_uid FROM attempts INDEXED BY attempts_refused
    WHERE verdict = 'refused' AND created_at < ?1 ORDER BY created_at LIMIT ?2
  )`,
}

const identityVerifications = {
  insert: identity.insert,
  select: identity.select,
  lockUnchanged: null,
  guardResult: null,
  recordResult: identity.recordFreeResult,
  use: identity.use,
  requestDeletion: identity.requestDeletion,
  settleDeletion: `UPDATE identity_verifications SET provider_record = ?2,
    due_at = CASE WHEN ?2 = 'deleting' THEN CAST(?3 + max(?4, (?3 - deletion_requested_at) / 4) AS INTEGER) END
    WHERE id = ?1 AND provider_record = 'deleting'`,
  claimDeletions: claimDue('identity_verifications', 'id', 'id, imp_uid'),
  deleteExpired: identity.deleteExpired,
  eraseExpired: identity.eraseExpired,
}

const billingKeys = {
  ...sharedStatements,
  insert: `INSERT ${insertValues} ON CONFLICT DO NOTHING`,
  claimDue: claimDue('billing_keys', 'registration_id', billingKeyColumns),
  selectAmong: `SELECT ${billingKeyColumns} FROM billing_keys WHERE customer_uid IN (SELECT value FROM json_each(?1))`,
  selectExisting: `SELECT registration_id, payee FROM billing_keys
    WHERE registration_id IN (SELECT value FROM json_each(?1))`,
  deleteFailed: `DELETE FROM billing_keys WHERE registration_id IN (
    SELECT registration_id FROM billing_keys INDEXED BY billing_keys_failed
    WHERE state = 'failed' AND created_at < ?1 ORDER BY created_at LIMIT ?2
  )`,
}

/** What differs in the tables that are older in a D1 database, where changing them would write whole tables again. */
export interface Words {
  /** The verdict about a payment that was refunded before its order had it. */
  readonly refunded: string
  /** The index of the events that failed permanently. */
  readonly failedEvents: string
  /** Whether an event of something other than an order has its type in a column of its own: `kind` allows those of orders. */
  readonly hasEventTypes: boolean
}

/** Makes the statements for `node:sqlite`, libsql and D1, which binds every number as REAL. */
export const createSqliteDialect = (words: Words): Dialect => ({
  guards: { lockOrder: null, lockUnchanged: null, record: null, refused: null, unmatched: null },
  orders: {
    ...orders,
    // Two payments may race for one order, and one payment for two orders: the sequence decides the first race,
    // the first NOT EXISTS the second, before the unique index would raise an error. The second NOT EXISTS: a
    // payment that is known to be refunded may still be paid in a record that was read before its refund. It need not be
    // the payment that the order has then: another account may be the one that is shown.
    update: `UPDATE orders SET
      status = ?3, imp_uid = ?4, pay_method = ?5, cancelled = ?6, vbank_bank = ?7, vbank_number = ?8,
      vbank_holder = ?9, vbank_due_at = ?10, vbank_issued_at = ?11, accounts = ?12, paid_at = ?13,
      fail_reason = ?14, receipt_url = ?15, paid_amount = ?16, sequence = sequence + 1, updated_at = ?17
      WHERE merchant_uid = ?1 AND sequence = ?2
      AND NOT EXISTS (SELECT 1 FROM orders AS other WHERE other.imp_uid = ?4 AND other.merchant_uid <> ?1)
      AND NOT EXISTS (
        SELECT 1 FROM attempts WHERE imp_uid = ?18 AND merchant_uid = ?1 AND verdict = '${words.refunded}'
      )`,
  },
  attempts: {
    ...attempts,
    // The outcome holds for the order as it was read, and so does its event. An account that was accepted and then
    // replaced by another payment may still receive money, and so may one that was refused, because it was older than
    // its order, and is in time by its deposit.
    insertUnmatched: `INSERT INTO attempts (${attemptColumns})
      SELECT ?1, ?2, iif(?12 = 'refunded', '${words.refunded}', ?12), NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
      WHERE EXISTS (SELECT 1 FROM orders WHERE merchant_uid = ?2 AND sequence = ?13)
      ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET ${updateOnAttempt}
      WHERE attempts.verdict = 'accepted' OR attempts.verdict = 'refused'`,
  },
  outbox: outboxOf(words),
  backlog: shared.backlog,
  cancels,
  revocations,
  paymentLinks,
  issues,
  polls,
  cursors,
  retention,

  identityVerifications,
  billingKeys,
  orderLists,
  orderHistories: sqliteHistories(toEventColumns(words)),
  subscriptions,
})
