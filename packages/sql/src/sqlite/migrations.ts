import type { Migrations } from '../migrations.ts'
import type { Words } from './dialect.ts'
import { naverProducts } from './naver-products.ts'
import { orderLists } from './order-lists.ts'
import { orderOptions } from './order-options.ts'
import { orderPayees } from './order-payees.ts'
import { payees } from './payees.ts'
import { paymentLinkTables } from './payment-links.ts'
import { subscriptionTables } from './subscriptions.ts'

export const sqliteWords: Words = {
  refunded: 'refunded',
  failedEvents: 'outbox_failed',
  hasEventTypes: false,
}

// What each column means and who writes it: docs/storage.md. Times are milliseconds since 1970, money is whole minor units.
// Payments are compared with the row of their order: if its amount followed a price change, a buyer could be charged one
// amount and verified against another. So triggers refuse it. REPLACE deletes without running the trigger of a deletion;
// the third trigger keeps the existing row.

export const sqliteMigrations: Migrations = {
  '0001_tables': [
    `CREATE TABLE orders (
      merchant_uid TEXT PRIMARY KEY CHECK (length(merchant_uid) BETWEEN 1 AND 40),
      amount INTEGER NOT NULL CHECK (amount > 0),
      currency TEXT NOT NULL,
      allowances TEXT NOT NULL CHECK (json_type(allowances) = 'array'),
      policy_late TEXT NOT NULL CHECK (policy_late IN ('deliver', 'report', 'refund')),
      policy_unmatched TEXT NOT NULL CHECK (policy_unmatched IN ('report', 'refund')),
      name TEXT,
      status TEXT NOT NULL CHECK (status IN (
        'pending', 'vbank_issued', 'paid', 'failed', 'partially_cancelled', 'cancelled', 'expired'
      )),
      imp_uid TEXT,
      pay_method TEXT,
      cancelled INTEGER NOT NULL CHECK (cancelled >= 0),
      vbank_bank TEXT,
      vbank_number TEXT,
      vbank_holder TEXT,
      vbank_due_at INTEGER,
      vbank_issued_at INTEGER,
      accounts TEXT,
      paid_at INTEGER,
      fail_reason TEXT,
      receipt_url TEXT,
      paid_amount INTEGER,
      sequence INTEGER NOT NULL CHECK (sequence >= 0),
      prepared_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE UNIQUE INDEX orders_payment ON orders (imp_uid)`,
    `CREATE INDEX orders_paid ON orders (paid_at, merchant_uid) WHERE paid_at IS NOT NULL`,
    `CREATE TRIGGER orders_fixed
    BEFORE UPDATE OF merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, created_at
    ON orders
    BEGIN
      SELECT RAISE(ABORT, 'what an order expects cannot change');
    END`,
    `CREATE TRIGGER orders_kept
    BEFORE DELETE ON orders
    BEGIN
      SELECT RAISE(ABORT, 'an order cannot be deleted');
    END`,
    `CREATE TRIGGER orders_not_replaced
    BEFORE INSERT ON orders
    WHEN EXISTS (SELECT 1 FROM orders WHERE merchant_uid = NEW.merchant_uid)
    BEGIN
      SELECT RAISE(IGNORE);
    END`,
    `CREATE TABLE outbox (
      id TEXT PRIMARY KEY,
      merchant_uid TEXT,
      sequence INTEGER,
      kind TEXT NOT NULL,
      payload TEXT NOT NULL CHECK (json_type(payload) = 'object'),
      created_at INTEGER NOT NULL,
      due_at INTEGER,
      tries INTEGER NOT NULL CHECK (tries >= 0),
      failure TEXT,
      delivered_at INTEGER,
      CHECK (due_at IS NULL OR delivered_at IS NULL),
      CHECK ((merchant_uid IS NULL) = (kind = 'exception')),
      CHECK ((sequence IS NULL) = (kind = 'exception'))
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX outbox_failed ON outbox (id) WHERE due_at IS NULL AND delivered_at IS NULL`,
    `CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL`,
    `CREATE TABLE attempts (
      imp_uid TEXT NOT NULL,
      merchant_uid TEXT NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN (
        'accepted', 'refused', 'duplicate_paid', 'late_paid', 'refunded'
      )),
      reason TEXT,
      payment_merchant_uid TEXT NOT NULL,
      payment_status TEXT NOT NULL,
      amount INTEGER NOT NULL,
      currency TEXT NOT NULL,
      cancelled INTEGER NOT NULL,
      pay_method TEXT,
      pg_provider TEXT,
      sandbox INTEGER CHECK (sandbox IN (0, 1)),
      created_at INTEGER NOT NULL,
      PRIMARY KEY (imp_uid, merchant_uid),
      CHECK ((verdict = 'refused') = (reason IS NOT NULL))
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX attempts_refused ON attempts (created_at) WHERE verdict = 'refused'`,
    `CREATE INDEX attempts_refused_order ON attempts (merchant_uid) WHERE verdict = 'refused'`,
    `CREATE TABLE cancels (
      imp_uid TEXT NOT NULL,
      balance INTEGER NOT NULL CHECK (balance > 0),
      amount INTEGER NOT NULL,
      currency TEXT NOT NULL,
      merchant_uid TEXT NOT NULL,
      asked_by TEXT NOT NULL CHECK (asked_by IN ('merchant', 'policy')),
      state TEXT NOT NULL CHECK (state IN ('requested', 'confirmed', 'refused', 'unknown')),
      detail TEXT,
      requested_at INTEGER NOT NULL,
      settled_at INTEGER,
      due_at INTEGER,
      PRIMARY KEY (imp_uid, balance),
      CHECK (amount > 0 AND amount <= balance),
      CHECK ((settled_at IS NULL) = (state IN ('requested', 'unknown'))),
      CHECK ((due_at IS NULL) = (settled_at IS NOT NULL))
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX cancels_due ON cancels (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX cancels_order ON cancels (merchant_uid)`,
    `CREATE TABLE revocations (
      imp_uid TEXT PRIMARY KEY,
      merchant_uid TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('requested', 'confirmed', 'refused', 'unknown')),
      detail TEXT,
      requested_at INTEGER NOT NULL,
      settled_at INTEGER,
      due_at INTEGER,
      CHECK ((settled_at IS NULL) = (state IN ('requested', 'unknown'))),
      CHECK ((due_at IS NULL) = (settled_at IS NOT NULL))
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX revocations_due ON revocations (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX revocations_order ON revocations (merchant_uid)`,
    `CREATE TABLE reconciliation_issues (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN (
        'duplicate_paid', 'late_paid', 'mismatch_paid', 'order_unknown', 'payment_missing'
      )),
      merchant_uid TEXT NOT NULL,
      imp_uid TEXT NOT NULL,
      policy TEXT NOT NULL CHECK (policy IN ('report', 'refund')),
      snapshot TEXT NOT NULL CHECK (json_type(snapshot) = 'object'),
      outcome TEXT,
      tries INTEGER NOT NULL CHECK (tries >= 0),
      created_at INTEGER NOT NULL,
      due_at INTEGER,
      closed_at INTEGER,
      CHECK (due_at IS NULL OR closed_at IS NULL)
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX reconciliation_issues_due ON reconciliation_issues (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX reconciliation_issues_page ON reconciliation_issues (created_at, id)`,
    `CREATE INDEX reconciliation_issues_open ON reconciliation_issues (created_at, id) WHERE closed_at IS NULL`,
    `CREATE TABLE poll_schedule (
      merchant_uid TEXT PRIMARY KEY,
      due_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX poll_schedule_due ON poll_schedule (due_at)`,
    `CREATE TABLE cursors (
      name TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      held_until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
  '0002_billing_keys': [
    `CREATE TABLE billing_keys (
      registration_id TEXT PRIMARY KEY,
      customer_uid TEXT NOT NULL,
      customer_id TEXT NOT NULL,
      mode TEXT NOT NULL CHECK (mode IN ('live', 'test')),
      state TEXT NOT NULL CHECK (state IN (
        'pending', 'registered', 'failed', 'deleting', 'deleted'
      )),
      requested TEXT NOT NULL CHECK (json_type(requested) = 'object'),
      order_uid TEXT,
      replaces TEXT,
      imp_uid TEXT,
      means TEXT,
      expires_at INTEGER,
      preference INTEGER NOT NULL,
      failure TEXT,
      fail_reason TEXT,
      deletion TEXT,
      sequence INTEGER NOT NULL CHECK (sequence >= 0),
      created_at INTEGER NOT NULL,
      registered_at INTEGER,
      deleted_at INTEGER,
      due_at INTEGER,
      CHECK ((state = 'failed') = (failure IS NOT NULL)),
      CHECK ((state IN ('registered', 'deleting', 'deleted')) = (registered_at IS NOT NULL)),
      CHECK ((state = 'deleted') = (deleted_at IS NOT NULL))
    ) STRICT, WITHOUT ROWID`,
    `CREATE UNIQUE INDEX billing_keys_key ON billing_keys (customer_uid)`,
    `CREATE INDEX billing_keys_customer ON billing_keys (customer_id, registration_id)`,
    `CREATE INDEX billing_keys_due ON billing_keys (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX billing_keys_failed ON billing_keys (created_at) WHERE state = 'failed'`,
  ],
  '0003_identity_verifications': [
    `CREATE TABLE identity_verifications (
      id TEXT PRIMARY KEY,
      customer_id TEXT NOT NULL,
      purpose TEXT NOT NULL,
      minimum_age INTEGER,
      pg_provider TEXT,
      once_per_person INTEGER NOT NULL CHECK (once_per_person IN (0, 1)),
      keeps_person_key INTEGER NOT NULL CHECK (keeps_person_key IN (0, 1)),
      deletes_record INTEGER NOT NULL CHECK (deletes_record IN (0, 1)),
      expected TEXT,
      status TEXT NOT NULL CHECK (status IN ('pending', 'verified', 'refused')),
      reason TEXT,
      detail TEXT,
      imp_uid TEXT,
      certified_at INTEGER,
      person_key TEXT,
      unique_person TEXT,
      use_reference TEXT,
      used_at INTEGER,
      provider_record TEXT NOT NULL CHECK (provider_record IN ('kept', 'deleting', 'deleted')),
      deletion_requested_at INTEGER,
      due_at INTEGER,
      sequence INTEGER NOT NULL CHECK (sequence >= 0),
      created_at INTEGER NOT NULL,
      kept_until INTEGER NOT NULL,
      CHECK ((status = 'pending') = (imp_uid IS NULL)),
      CHECK ((status = 'refused') = (reason IS NOT NULL)),
      CHECK ((use_reference IS NULL) = (used_at IS NULL)),
      CHECK (unique_person IS NULL OR (status = 'verified' AND once_per_person = 1)),
      CHECK ((due_at IS NOT NULL) = (provider_record = 'deleting'))
    ) STRICT, WITHOUT ROWID`,
    `CREATE UNIQUE INDEX identity_verifications_record ON identity_verifications (imp_uid) WHERE imp_uid IS NOT NULL`,
    `CREATE UNIQUE INDEX identity_verifications_person ON identity_verifications (purpose, unique_person) WHERE unique_person IS NOT NULL`,
    `CREATE INDEX identity_verifications_due ON identity_verifications (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX identity_verifications_kept ON identity_verifications (kept_until)`,
  ],
  '0004_subscriptions': subscriptionTables,
  ...orderLists,
  ...orderOptions,
  '0007_payment_links': paymentLinkTables,
  ...orderPayees,
  ...payees,
  ...naverProducts,
}
