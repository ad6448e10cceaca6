import { maxRowsPerRead } from '@quayside/server'
import {
  cancelColumns,
  eventColumns,
  issueColumns,
  orderColumns,
  revocationColumns,
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

  select: `SELECT ${orderColumns} FROM orders WHERE merchant_uid = ?1`,

  // MySQL finds the start of the page in the index by the first comparison only.
  selectPaid: `SELECT ${orderColumns} FROM orders
    WHERE paid_at >= ?1 AND (paid_at, merchant_uid) > (?1, ?3) AND paid_at < ?2
    AND (status = 'paid' OR status = 'partially_cancelled')
    ORDER BY paid_at, merchant_uid LIMIT ${maxRowsPerRead}`,
}

export const outbox = {
  // A caller whose lease is over still knows that its event arrived.
  markDelivered: `UPDATE outbox SET delivered_at = ?2, due_at = NULL, failure = NULL
    WHERE id = ?1 AND delivered_at IS NULL`,

  // Only under the lease of this try: a later claim or a delivery is more recent.
  markFailed: `UPDATE outbox SET due_at = ?3, failure = ?4 WHERE id = ?1 AND due_at = ?2`,

  markUnsent: `UPDATE outbox SET due_at = ?3, tries = tries - 1 WHERE id = ?1 AND due_at = ?2`,

  replay: `UPDATE outbox SET due_at = ?2, tries = 0, failure = NULL, delivered_at = NULL WHERE id = ?1`,

  select: `SELECT ${eventColumns} FROM outbox WHERE id = ?1`,

  selectPending: `SELECT ${eventColumns} FROM outbox
    WHERE due_at IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2`,

  selectDelivered: `SELECT ${eventColumns} FROM outbox
    WHERE delivered_at IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2`,

  selectFailedPermanently: `SELECT ${eventColumns} FROM outbox
    WHERE due_at IS NULL AND delivered_at IS NULL AND id > ?1 ORDER BY id LIMIT ?2`,
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
