-- An event of something other than an order: `kind` allows those of orders only, and could be changed only by writing the whole
-- table again. Such an event has its type in this column, and the kind `expired`.
ALTER TABLE outbox ADD COLUMN type TEXT;

CREATE TABLE billing_keys (
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
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX billing_keys_key ON billing_keys (customer_uid);
CREATE INDEX billing_keys_customer ON billing_keys (customer_id, registration_id);
CREATE INDEX billing_keys_due ON billing_keys (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX billing_keys_failed ON billing_keys (created_at) WHERE state = 'failed';
