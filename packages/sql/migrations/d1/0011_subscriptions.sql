-- Subscriptions and their attempts. What each column means and who writes it: docs/storage.md.

CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 24),
  customer_id TEXT NOT NULL CHECK (length(customer_id) BETWEEN 1 AND 128),
  name TEXT NOT NULL,
  request TEXT NOT NULL CHECK (json_type(request) = 'object'),
  status TEXT NOT NULL,
  plan TEXT NOT NULL CHECK (json_type(plan) = 'object'),
  state TEXT NOT NULL CHECK (json_type(state) = 'object'),
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  revision INTEGER NOT NULL CHECK (revision >= 0),
  due_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX subscriptions_due ON subscriptions (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX subscriptions_customer ON subscriptions (customer_id, id);
CREATE INDEX subscriptions_status ON subscriptions (status, id);

CREATE TABLE subscription_attempts (
  merchant_uid TEXT PRIMARY KEY,
  subscription_id TEXT NOT NULL,
  period INTEGER NOT NULL CHECK (period >= 0),
  attempt INTEGER NOT NULL CHECK (attempt >= 0),
  state TEXT NOT NULL,
  details TEXT NOT NULL CHECK (json_type(details) = 'object'),
  is_open INTEGER NOT NULL CHECK (is_open = 0 OR is_open = 1),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX subscription_attempts_page ON subscription_attempts (subscription_id, period, attempt);
CREATE INDEX subscription_attempts_open ON subscription_attempts (subscription_id) WHERE is_open = 1;
