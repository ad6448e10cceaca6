-- Accounts to be revoked, events of reconciliation issues, and payments that were refunded before they were
-- recorded. What each column means and who writes it: docs/storage.md.

-- An account must receive no deposit once its order accepts none. Written with the close or the expiry.
CREATE TABLE revocations (
  imp_uid TEXT PRIMARY KEY,
  merchant_uid TEXT NOT NULL,
  state TEXT NOT NULL CHECK (
    state = 'requested' OR state = 'confirmed' OR state = 'refused' OR state = 'unknown'
  ),
  detail TEXT,
  requested_at INTEGER NOT NULL,
  settled_at INTEGER CHECK ((settled_at IS NULL) = (state = 'requested' OR state = 'unknown')),
  due_at INTEGER CHECK ((due_at IS NULL) = (settled_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX revocations_due ON revocations (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX revocations_order ON revocations (merchant_uid);

-- As before, except that the event of an issue (`exception`) belongs to no order. SQLite cannot change a CHECK
-- in place.
CREATE TABLE outbox_next (
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

INSERT INTO outbox_next
  SELECT id, merchant_uid, sequence, kind, payload, created_at, due_at, tries, failure, delivered_at
  FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;

CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (id) WHERE due_at IS NULL AND delivered_at IS NULL;

-- As before, with one more verdict.
CREATE TABLE attempts_next (
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

INSERT INTO attempts_next
  SELECT imp_uid, merchant_uid, verdict, reason, payment_merchant_uid, payment_status, amount,
    currency, cancelled, pay_method, pg_provider, sandbox, created_at
  FROM attempts;
DROP TABLE attempts;
ALTER TABLE attempts_next RENAME TO attempts;
