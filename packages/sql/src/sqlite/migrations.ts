import type { Migrations } from '../migrations.ts'

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
}
