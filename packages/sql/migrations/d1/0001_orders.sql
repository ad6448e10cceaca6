-- What each column means and who writes it: docs/storage.md.
-- Times are milliseconds since 1970, money is whole minor units.
-- Values are compared one by one: for a longer IN list SQLite builds a table, and D1 counts and charges its lookup as
-- one more row read by every write.

CREATE TABLE orders (
  merchant_uid TEXT PRIMARY KEY CHECK (length(merchant_uid) BETWEEN 1 AND 40),
  amount INTEGER NOT NULL CHECK (amount > 0),
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  allowances TEXT NOT NULL CHECK (json_type(allowances) = 'array'),
  policy_late TEXT NOT NULL CHECK (
    policy_late = 'deliver' OR policy_late = 'report' OR policy_late = 'refund'
  ),
  policy_stray TEXT NOT NULL CHECK (policy_stray = 'report' OR policy_stray = 'refund'),
  name TEXT,
  status TEXT NOT NULL CHECK (
    status = 'pending' OR status = 'vbank_issued' OR status = 'paid' OR status = 'failed'
    OR status = 'partially_cancelled' OR status = 'cancelled' OR status = 'expired'
  ),
  imp_uid TEXT UNIQUE,
  pay_method TEXT,
  cancelled INTEGER NOT NULL CHECK (cancelled >= 0),
  vbank_bank TEXT,
  vbank_number TEXT,
  vbank_holder TEXT,
  vbank_due_at INTEGER,
  vbank_issued_at INTEGER,
  paid_at INTEGER,
  fail_reason TEXT,
  receipt_url TEXT,
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  prepared_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Payments are compared with this row: if its amount followed a price change, a buyer could be charged one
-- amount and verified against another.
CREATE TRIGGER orders_fixed
BEFORE UPDATE OF merchant_uid, amount, currency, allowances, policy_late, policy_stray, name, created_at
ON orders
BEGIN
  SELECT RAISE(ABORT, 'what an order expects cannot change');
END;

CREATE TRIGGER orders_kept
BEFORE DELETE ON orders
BEGIN
  SELECT RAISE(ABORT, 'an order cannot be deleted');
END;

-- REPLACE deletes without running delete triggers; this keeps the existing row.
CREATE TRIGGER orders_not_replaced
BEFORE INSERT ON orders
WHEN EXISTS (SELECT 1 FROM orders WHERE merchant_uid = NEW.merchant_uid)
BEGIN
  SELECT RAISE(IGNORE);
END;

-- The event of a reconciliation issue (`exception`) belongs to no order.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  merchant_uid TEXT CHECK ((merchant_uid IS NULL) = (kind = 'exception')),
  sequence INTEGER CHECK (sequence > 0 AND (sequence IS NULL) = (kind = 'exception')),
  kind TEXT NOT NULL CHECK (
    kind = 'vbank_issued' OR kind = 'paid' OR kind = 'failed'
    OR kind = 'partially_cancelled' OR kind = 'cancelled' OR kind = 'expired'
    OR kind = 'duplicate_paid' OR kind = 'late_paid' OR kind = 'exception'
  ),
  payload TEXT NOT NULL CHECK (json_type(payload) = 'object'),
  created_at INTEGER NOT NULL,
  due_at INTEGER CHECK (due_at IS NULL OR delivered_at IS NULL),
  tries INTEGER NOT NULL CHECK (tries >= 0),
  failure TEXT,
  delivered_at INTEGER
) STRICT, WITHOUT ROWID;

-- Pending events are found without reading delivered ones.
CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (id) WHERE due_at IS NULL AND delivered_at IS NULL;

CREATE TABLE attempts (
  imp_uid TEXT NOT NULL,
  merchant_uid TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (
    verdict = 'accepted' OR verdict = 'refused'
    OR verdict = 'duplicate_paid' OR verdict = 'late_paid' OR verdict = 'given_back'
  ),
  reason TEXT CHECK ((verdict = 'refused') = (reason IS NOT NULL)),
  payment_merchant_uid TEXT NOT NULL,
  payment_status TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  cancelled INTEGER NOT NULL,
  pay_method TEXT,
  pg_provider TEXT,
  sandbox INTEGER CHECK (sandbox IN (0, 1)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (imp_uid, merchant_uid)
) STRICT, WITHOUT ROWID;
