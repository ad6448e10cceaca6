// The columns that are read, by table, and statements that every database understands.

export const orderColumns = `merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, status,
  imp_uid, pay_method, cancelled, vbank_bank, vbank_number, vbank_holder, vbank_due_at, vbank_issued_at, accounts,
  paid_at, fail_reason, receipt_url, paid_amount, sequence, prepared_at, created_at, updated_at, tax_free,
  vat_amount, expected_channel, payee, naver_products`

export const attemptColumns = `imp_uid, merchant_uid, verdict, reason, payment_merchant_uid, payment_status, amount,
  currency, cancelled, pay_method, pg_provider, sandbox, created_at`

export const eventColumns = `id, merchant_uid, sequence, kind, payload, created_at, due_at, tries, failure, delivered_at`

export const cancelColumns = `imp_uid, balance, amount, currency, merchant_uid, asked_by, state, detail, requested_at,
  settled_at, tax_free, vat_amount`

export const revocationColumns = `imp_uid, merchant_uid, state, detail, requested_at, settled_at`

export const paymentLinkColumns = `id, merchant_uid, url, expires_at, created_at, closed_at, outcome`

export const issueColumns = `id, kind, merchant_uid, imp_uid, policy, snapshot, outcome, tries, created_at, closed_at`

export const subscriptionColumns = `id, customer_id, name, request, status, plan, state, sequence, revision, due_at,
  created_at, updated_at, payee, buyer`

export const subscriptionAttemptColumns = `merchant_uid, subscription_id, period, attempt, state, details, is_open,
  created_at, updated_at`
