import { maxCounted, maxEscrowEvents, maxLinksPerOrder, maxRowsPerRead } from '@quayside/server'
import {
  cancelColumns,
  eventColumns,
  issueColumns,
  orderColumns,
  paymentLinkColumns,
  revocationColumns,
  subscriptionColumns,
} from './columns.ts'

// The statements that every database understands as they are.

/** Strangers can offer any payment for an order; beyond this only those that moved money for it are recorded. */
export const maxRefusalsPerOrder = 100

export const orders = {
  markPrepared: `UPDATE orders SET prepared_at = ?2 WHERE merchant_uid = ?1 AND prepared_at IS NULL`,

  // A closed order has no payment any more, so that money which still arrives counts as late.
  close: `UPDATE orders SET
    status = 'cancelled', imp_uid = NULL, fail_reason = NULL, sequence = sequence + 1, updated_at = ?3
    WHERE merchant_uid = ?1 AND sequence = ?2
    AND (status = 'pending' OR status = 'vbank_issued' OR status = 'failed' OR status = 'expired')`,

  // An expired order keeps its payment: money may still arrive in the account.
  expire: `UPDATE orders SET status = 'expired', sequence = sequence + 1, updated_at = ?3
    WHERE merchant_uid = ?1 AND sequence = ?2 AND status = 'vbank_issued'`,

  incrementForEscrow: `UPDATE orders SET sequence = sequence + 1, updated_at = ?3
    WHERE merchant_uid = ?1 AND sequence = ?2
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE id = ?4)
    AND (SELECT count(*) FROM (
      SELECT 1 AS written FROM outbox WHERE id > ?5 AND id < ?6 LIMIT ${maxEscrowEvents}
    ) AS events) < ${maxEscrowEvents}`,

  select: `SELECT ${orderColumns} FROM orders WHERE merchant_uid = ?1`,
  selectCommitted: `SELECT ${orderColumns} FROM orders WHERE merchant_uid = ?1`,

  // MySQL finds the start of the page in the index by the first comparison only.
  selectPaid: `SELECT ${orderColumns} FROM orders
    WHERE paid_at >= ?1 AND (paid_at, merchant_uid) > (?1, ?3) AND paid_at < ?2
    AND (status = 'paid' OR status = 'partially_cancelled')
    ORDER BY paid_at, merchant_uid LIMIT ${maxRowsPerRead}`,
}

export const outbox = {
  replay: `UPDATE outbox SET due_at = ?2, tries = 0, failure = NULL, delivered_at = NULL WHERE id = ?1`,

  select: `SELECT ${eventColumns} FROM outbox WHERE id = ?1`,

  selectDelivered: `SELECT ${eventColumns} FROM outbox
    WHERE delivered_at IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2`,
}

export const backlog = {
  pendingEvents: `SELECT count(*) AS pending, count(CASE WHEN due_at <= ?1 THEN 1 END) AS due, min(created_at) AS oldest_at
    FROM (
      SELECT due_at, created_at FROM outbox WHERE due_at IS NOT NULL ORDER BY due_at LIMIT ${maxCounted}
    ) AS events`,

  failedEvents: `SELECT count(*) AS failed FROM (
    SELECT id FROM outbox WHERE due_at IS NULL AND delivered_at IS NULL LIMIT ${maxCounted}
  ) AS events`,

  openIssues: `SELECT count(*) AS open_issues FROM (
    SELECT id FROM reconciliation_issues WHERE closed_at IS NULL LIMIT ${maxCounted}
  ) AS issues`,
}

export const cancels = {
  selectOfOrder: `SELECT ${cancelColumns} FROM cancels WHERE merchant_uid = ?1
    ORDER BY requested_at, balance DESC LIMIT 100`,
}

export const revocations = {
  selectOfOrder: `SELECT ${revocationColumns} FROM revocations WHERE merchant_uid = ?1
    ORDER BY imp_uid LIMIT 100`,
}

// The last issue of a page may be closed before the next page is read; its row still exists.
const onePage = `(created_at, id) < (
    CASE ?1 WHEN '' THEN ${Number.MAX_SAFE_INTEGER}
      ELSE (SELECT created_at FROM reconciliation_issues WHERE id = ?1) END,
    ?1
  )
  ORDER BY created_at DESC, id DESC LIMIT ?2`

export const issues = {
  close: `UPDATE reconciliation_issues SET outcome = ?2, tries = tries + 1, due_at = NULL, closed_at = ?3
    WHERE id = ?1 AND closed_at IS NULL`,
  closeById: `UPDATE reconciliation_issues SET outcome = ?3, due_at = NULL, closed_at = ?2
    WHERE id = ?1 AND closed_at IS NULL`,
  postpone: `UPDATE reconciliation_issues SET outcome = ?2, tries = tries + 1, due_at = ?3
    WHERE id = ?1 AND closed_at IS NULL`,
  select: `SELECT ${issueColumns} FROM reconciliation_issues WHERE id = ?1`,
  selectOpen: `SELECT ${issueColumns} FROM reconciliation_issues WHERE closed_at IS NULL AND ${onePage}`,
  selectAll: `SELECT ${issueColumns} FROM reconciliation_issues WHERE ${onePage}`,
}

export const cursors = {
  position: `SELECT at FROM cursors WHERE name = ?1`,
  release: `UPDATE cursors SET at = ?2, held_until = 0 WHERE name = ?1`,
}

/** More events than an order gets between a backup and its restore. */
export const raisedBy = 1000

export const restore = {
  // An id is never empty, so that '' is before all of them.
  page: `SELECT max(merchant_uid) AS last FROM (
      SELECT merchant_uid FROM orders WHERE merchant_uid > ?1 ORDER BY merchant_uid LIMIT ?2
    ) AS page`,
  raise: `UPDATE orders SET sequence = sequence + ${raisedBy} WHERE merchant_uid > ?1 AND merchant_uid <= ?2`,
  pageOfKeys: `SELECT max(registration_id) AS last FROM (
      SELECT registration_id FROM billing_keys WHERE registration_id > ?1 ORDER BY registration_id LIMIT ?2
    ) AS page`,
  raiseKeys: `UPDATE billing_keys SET sequence = sequence + ${raisedBy}
    WHERE registration_id > ?1 AND registration_id <= ?2`,
}

export const paymentLinks = {
  select: `SELECT ${paymentLinkColumns} FROM payment_links WHERE id = ?1`,
  selectOfOrder: `SELECT ${paymentLinkColumns} FROM payment_links WHERE merchant_uid = ?1
    ORDER BY created_at, id LIMIT ${maxLinksPerOrder}`,
  wake: `UPDATE payment_links SET due_at = ?2 WHERE merchant_uid = ?1 AND due_at > ?2`,
}
/** An attempt and what its order has, each in its table. */
const attemptWithOrder = `subscription_attempts.merchant_uid AS merchant_uid, subscription_id, period, attempt, state, details, is_open,
  orders.amount AS amount, orders.currency AS currency, orders.status AS order_status,
  orders.imp_uid AS imp_uid, orders.fail_reason AS fail_reason, orders.paid_at AS paid_at`

const attemptsWithOrders = `subscription_attempts
  INNER JOIN orders ON orders.merchant_uid = subscription_attempts.merchant_uid`

export const subscriptions = {
  // The revision counts every write of the row: whoever decides on what it read before another write changes nothing.
  update: `UPDATE subscriptions SET status = ?3, plan = ?4, state = ?5, sequence = ?6, due_at = ?7, updated_at = ?8,
    revision = revision + 1
    WHERE id = ?1 AND revision = ?2`,

  // Also one that is leased, or that has ended: whoever decides at this moment does not know what woke it.
  wake: `UPDATE subscriptions SET due_at = ?2, revision = revision + 1 WHERE id = ?1`,

  // Those that have ended have nothing to charge.
  wakeCustomer: `UPDATE subscriptions SET due_at = ?2, revision = revision + 1
    WHERE customer_id = ?1 AND status <> 'cancelled' AND status <> 'ended'`,

  changeBuyer: `UPDATE subscriptions SET buyer = ?2, request = ?3, updated_at = ?4, revision = revision + 1
    WHERE id = ?1`,

  countDue: `SELECT count(*) AS due FROM (SELECT id FROM subscriptions WHERE due_at <= ?1 LIMIT ?2) AS counted`,

  reopenAttempt: `UPDATE subscription_attempts SET is_open = 1 WHERE merchant_uid = ?1 AND is_open = 0`,

  select: `SELECT ${subscriptionColumns} FROM subscriptions WHERE id = ?1`,

  selectAll: `SELECT ${subscriptionColumns} FROM subscriptions WHERE id > ?1 ORDER BY id LIMIT ?2`,

  // A customer has few.
  selectOfCustomer: `SELECT ${subscriptionColumns} FROM subscriptions
    WHERE customer_id = ?3 AND id > ?1 AND (?4 = '' OR status = ?4) AND (?5 = '' OR payee = ?5) ORDER BY id LIMIT ?2`,

  selectOfPayee: `SELECT ${subscriptionColumns} FROM subscriptions WHERE payee = ?3 AND id > ?1 ORDER BY id LIMIT ?2`,

  selectOfPayeeAndStatus: `SELECT ${subscriptionColumns} FROM subscriptions
    WHERE payee = ?3 AND status = ?4 AND id > ?1 ORDER BY id LIMIT ?2`,

  selectOfStatus: `SELECT ${subscriptionColumns} FROM subscriptions
    WHERE status = ?3 AND id > ?1 ORDER BY id LIMIT ?2`,

  selectAttempts: `SELECT ${attemptWithOrder} FROM ${attemptsWithOrders}
    WHERE subscription_id = ?1 AND period <= ?2 AND (period < ?2 OR attempt < ?3)
    ORDER BY period DESC, attempt DESC LIMIT ?4`,
}

export const restoreSubscriptions = {
  page: `SELECT max(id) AS last FROM (
      SELECT id FROM subscriptions WHERE id > ?1 ORDER BY id LIMIT ?2
    ) AS page`,
  raise: `UPDATE subscriptions SET sequence = sequence + ${raisedBy}, revision = revision + 1
    WHERE id > ?1 AND id <= ?2`,
}

/** Reads the open attempts of the subscriptions that a condition names. */
export const selectOpenAttempts = (isOfThem: string) =>
  `SELECT ${attemptWithOrder} FROM ${attemptsWithOrders}
    WHERE subscription_id ${isOfThem} AND is_open = 1
    ORDER BY subscription_id, period, attempt`
