import { subscriptionAttemptColumns, subscriptionColumns } from '../columns.ts'
import { type Dialect, takeBy } from '../dialect.ts'
import * as shared from '../shared-statements.ts'

// What each column means and who writes it: docs/storage.md.
export const subscriptionTables: readonly string[] = [
  `CREATE TABLE subscriptions (
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
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX subscriptions_due ON subscriptions (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX subscriptions_customer ON subscriptions (customer_id, id)`,
  `CREATE INDEX subscriptions_status ON subscriptions (status, id)`,
  `CREATE TABLE subscription_attempts (
    merchant_uid TEXT PRIMARY KEY,
    subscription_id TEXT NOT NULL,
    period INTEGER NOT NULL CHECK (period >= 0),
    attempt INTEGER NOT NULL CHECK (attempt >= 0),
    state TEXT NOT NULL,
    details TEXT NOT NULL CHECK (json_type(details) = 'object'),
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX subscription_attempts_page ON subscription_attempts (subscription_id, period, attempt)`,
  `CREATE INDEX subscription_attempts_open ON subscription_attempts (subscription_id) WHERE is_open = 1`,
]

// The statements of one step follow each other, and each writes one row: `changes()` is 1 for the next one only if the first
// one, which asks for the revision, has written.
export const subscriptions: Dialect['subscriptions'] = {
  ...shared.subscriptions,

  insert: `INSERT INTO subscriptions (${subscriptionColumns})
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?10, ?13, NULL
    WHERE NOT EXISTS (SELECT 1 FROM orders WHERE merchant_uid >= ?11 AND merchant_uid < ?12
      AND NOT EXISTS (
        SELECT 1 FROM subscription_attempts AS attempt WHERE attempt.merchant_uid = orders.merchant_uid
      ))
    ON CONFLICT (id) DO NOTHING`,

  upsertAttempt: `INSERT INTO subscription_attempts (${subscriptionAttemptColumns})
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8 WHERE changes() = 1
    ON CONFLICT (merchant_uid) DO UPDATE SET state = excluded.state, details = excluded.details,
      is_open = excluded.is_open, updated_at = excluded.updated_at`,

  insertOrder: `INSERT INTO orders
    (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, status, cancelled,
     sequence, created_at, updated_at, tax_free, payee)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', 0, 0, ?8, ?8, ?9, ?10 WHERE changes() = 1
    ON CONFLICT (merchant_uid) DO NOTHING`,

  claimDue: takeBy(`UPDATE subscriptions SET due_at = ?2
    WHERE id IN (SELECT id FROM subscriptions WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
    RETURNING id`),

  selectMany: `SELECT ${subscriptionColumns} FROM subscriptions
    WHERE id IN (SELECT value FROM json_each(?1))`,

  selectOpenAttempts: shared.selectOpenAttempts('IN (SELECT value FROM json_each(?1))'),
}
