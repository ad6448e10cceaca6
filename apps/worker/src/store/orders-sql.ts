// Every SQL text of the store is constant; values are bound.

export const orderColumns = `merchant_uid, amount, currency, allowances, policy_late, policy_stray, name, status, imp_uid, pay_method,
  cancelled, vbank_bank, vbank_number, vbank_holder, vbank_due_at, vbank_issued_at, accounts, paid_at,
  fail_reason, receipt_url, sequence, prepared_at, created_at, updated_at, paid_amount`

export const selectOrder = `SELECT ${orderColumns} FROM orders WHERE merchant_uid = ?1`

export const insertOrder = `INSERT INTO orders
  (merchant_uid, amount, currency, allowances, policy_late, policy_stray, name, status, cancelled,
   sequence, created_at, updated_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', 0, 0, ?8, ?8)
  ON CONFLICT (merchant_uid) DO NOTHING`

export const markPrepared = `UPDATE orders SET prepared_at = ?2
  WHERE merchant_uid = ?1 AND prepared_at IS NULL`

// Two payments may race for one order, and one payment for two orders: the sequence decides the first race,
// the first NOT EXISTS the second, before the unique index would raise an error. The second NOT EXISTS: a
// payment that is known to be refunded may still be paid in a record that was read before its refund. It need not be
// the payment that the order has then: another account may be the one that is shown.
export const updateOrder = `UPDATE orders SET
  status = ?3, imp_uid = ?4, pay_method = ?5, cancelled = ?6,
  vbank_bank = ?7, vbank_number = ?8, vbank_holder = ?9, vbank_due_at = ?10, vbank_issued_at = ?11,
  accounts = ?12, paid_at = ?13, fail_reason = ?14, receipt_url = ?15, paid_amount = ?16, sequence = ?2 + 1,
  updated_at = ?17
  WHERE merchant_uid = ?1 AND sequence = ?2
  AND NOT EXISTS (SELECT 1 FROM orders AS other WHERE other.imp_uid = ?4 AND other.merchant_uid <> ?1)
  AND NOT EXISTS (
    SELECT 1 FROM attempts WHERE imp_uid = ?18 AND merchant_uid = ?1 AND verdict = 'given_back'
  )`

// A closed order has no payment any more, so that money which still arrives counts as late.
export const closeOrder = `UPDATE orders SET
  status = 'cancelled', imp_uid = NULL, fail_reason = NULL, sequence = ?2 + 1, updated_at = ?3
  WHERE merchant_uid = ?1 AND sequence = ?2
  AND (status = 'pending' OR status = 'vbank_issued' OR status = 'failed' OR status = 'expired')`

// An expired order keeps its payment: money may still arrive in the account.
export const expireOrder = `UPDATE orders SET status = 'expired', sequence = ?2 + 1, updated_at = ?3
  WHERE merchant_uid = ?1 AND sequence = ?2 AND status = 'vbank_issued'`

// changes() counts the rows of the statement before, within the same transaction: no change, no event.
export const insertEvent = `INSERT INTO outbox
  (id, merchant_uid, sequence, kind, payload, created_at, due_at, tries)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?6, 0 WHERE changes() = 1`

const attemptColumns = `(imp_uid, merchant_uid, verdict, reason, payment_merchant_uid, payment_status,
  amount, currency, cancelled, pay_method, pg_provider, sandbox, created_at)`

// changes() is 1 only if the event was written. It replaces an earlier refusal of the same payment.
export const insertAccepted = `INSERT INTO attempts ${attemptColumns}
  SELECT ?1, ?2, 'accepted', NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE changes() = 1
  ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET
    verdict = excluded.verdict, reason = excluded.reason, payment_status = excluded.payment_status,
    amount = excluded.amount, cancelled = excluded.cancelled, created_at = excluded.created_at
  WHERE attempts.verdict <> 'accepted'`

/** Strangers can offer any payment for an order; beyond this only those that moved money for it are recorded. */
const maxRefusalsPerOrder = 100

// Money may come after the refusal: an account of the wrong amount is issued first and paid into later. It may also come
// with another amount into an account that was accepted, because the amount of an account can be changed.
export const insertRefused = `INSERT INTO attempts ${attemptColumns}
  SELECT ?1, ?2, 'refused', ?12, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
  WHERE ?13 OR EXISTS (SELECT 1 FROM attempts WHERE imp_uid = ?1 AND merchant_uid = ?2)
  OR (SELECT count(*) FROM (
    SELECT 1 FROM attempts INDEXED BY attempts_refused_order
    WHERE merchant_uid = ?2 AND verdict = 'refused' LIMIT ${maxRefusalsPerOrder}
  )) < ${maxRefusalsPerOrder}
  ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET
    verdict = excluded.verdict, reason = excluded.reason, payment_status = excluded.payment_status,
    amount = excluded.amount, cancelled = excluded.cancelled, created_at = excluded.created_at
  WHERE (attempts.verdict = 'refused' AND attempts.payment_status <> excluded.payment_status)
  OR (?13 AND attempts.verdict = 'accepted' AND NOT EXISTS (
    SELECT 1 FROM orders WHERE merchant_uid = ?2 AND imp_uid = ?1
    AND (status = 'paid' OR status = 'partially_cancelled' OR status = 'cancelled')
  ))`

// The outcome holds for the order as it was read, and so does its event: nothing is written if the order changed
// since. An account that was accepted and then replaced by another payment may still receive money, and so may one that
// was refused, because it was older than its order, and is in time by its deposit.
export const insertUnmatched = `INSERT INTO attempts ${attemptColumns}
  SELECT ?1, ?2, ?12, NULL, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
  WHERE EXISTS (SELECT 1 FROM orders WHERE merchant_uid = ?2 AND sequence = ?13)
  ON CONFLICT (imp_uid, merchant_uid) DO UPDATE SET
    verdict = excluded.verdict, reason = excluded.reason, payment_status = excluded.payment_status,
    amount = excluded.amount, cancelled = excluded.cancelled, created_at = excluded.created_at
  WHERE attempts.verdict = 'accepted' OR attempts.verdict = 'refused'`

export const incrementSequence = `UPDATE orders SET sequence = ?2 + 1, updated_at = ?3
  WHERE merchant_uid = ?1 AND changes() = 1`
