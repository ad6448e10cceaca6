-- Tables of the recovery jobs. What each column means and who writes it: docs/storage.md.

-- Not a column of `orders`, so that the commit of a payment does not write an index that only jobs read.
CREATE TABLE looks (
  merchant_uid TEXT PRIMARY KEY,
  due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX looks_due ON looks (due_at);

CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  held_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE exceptions (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (
    kind = 'duplicate_paid' OR kind = 'late_paid' OR kind = 'mismatch_paid'
    OR kind = 'order_unknown' OR kind = 'payment_missing'
  ),
  merchant_uid TEXT NOT NULL,
  imp_uid TEXT NOT NULL,
  policy TEXT NOT NULL CHECK (policy = 'report' OR policy = 'refund'),
  evidence TEXT NOT NULL CHECK (json_type(evidence) = 'object'),
  outcome TEXT,
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  created_at INTEGER NOT NULL,
  due_at INTEGER CHECK (due_at IS NULL OR closed_at IS NULL),
  closed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX exceptions_due ON exceptions (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX exceptions_open ON exceptions (created_at) WHERE closed_at IS NULL;

-- The checksum of a cancel is what remained before it, so the provider applies at most one cancel per balance:
-- two intents for the same balance are the same intent.
CREATE TABLE cancels (
  imp_uid TEXT NOT NULL,
  balance INTEGER NOT NULL CHECK (balance > 0),
  amount INTEGER NOT NULL CHECK (amount > 0 AND amount <= balance),
  currency TEXT NOT NULL,
  merchant_uid TEXT NOT NULL,
  asked_by TEXT NOT NULL CHECK (asked_by = 'merchant' OR asked_by = 'policy'),
  state TEXT NOT NULL CHECK (
    state = 'requested' OR state = 'confirmed' OR state = 'refused' OR state = 'unknown'
  ),
  detail TEXT,
  requested_at INTEGER NOT NULL,
  settled_at INTEGER CHECK ((settled_at IS NULL) = (state = 'requested' OR state = 'unknown')),
  due_at INTEGER CHECK ((due_at IS NULL) = (settled_at IS NOT NULL)),
  PRIMARY KEY (imp_uid, balance)
) STRICT, WITHOUT ROWID;

CREATE INDEX cancels_due ON cancels (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX cancels_order ON cancels (merchant_uid);
