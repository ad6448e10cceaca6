import { subscriptionAttemptColumns, subscriptionColumns } from '../columns.ts'
import { type Dialect, takeBy } from '../dialect.ts'
import * as shared from '../shared-statements.ts'

// What each column means and who writes it: docs/storage.md.
export const subscriptionTables: readonly string[] = [
  `CREATE TABLE subscriptions (
    id text COLLATE "C" PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 24),
    customer_id text COLLATE "C" NOT NULL CHECK (char_length(customer_id) BETWEEN 1 AND 128),
    name text NOT NULL,
    request text NOT NULL,
    status text NOT NULL,
    plan text NOT NULL,
    state text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 0),
    revision bigint NOT NULL CHECK (revision >= 0),
    due_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
  )`,
  `CREATE INDEX subscriptions_due ON subscriptions (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX subscriptions_customer ON subscriptions (customer_id, id)`,
  `CREATE INDEX subscriptions_status ON subscriptions (status, id)`,
  `CREATE TABLE subscription_attempts (
    merchant_uid text COLLATE "C" PRIMARY KEY,
    subscription_id text COLLATE "C" NOT NULL,
    period bigint NOT NULL CHECK (period >= 0),
    attempt bigint NOT NULL CHECK (attempt >= 0),
    state text NOT NULL,
    details text NOT NULL,
    is_open smallint NOT NULL CHECK (is_open IN (0, 1)),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
  )`,
  `CREATE UNIQUE INDEX subscription_attempts_page ON subscription_attempts (subscription_id, period, attempt)`,
  `CREATE INDEX subscription_attempts_open ON subscription_attempts (subscription_id) WHERE is_open = 1`,
]

export const subscriptions: Dialect['subscriptions'] = {
  ...shared.subscriptions,

  insert: `INSERT INTO subscriptions (${subscriptionColumns})
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8::bigint, 0, ?9::bigint, ?10::bigint, ?10::bigint, ?13, NULL
    WHERE NOT EXISTS (SELECT 1 FROM orders WHERE merchant_uid >= ?11 AND merchant_uid < ?12
      AND NOT EXISTS (
        SELECT 1 FROM subscription_attempts AS attempt WHERE attempt.merchant_uid = orders.merchant_uid
      ))
    ON CONFLICT (id) DO NOTHING`,

  upsertAttempt: `INSERT INTO subscription_attempts (${subscriptionAttemptColumns})
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
    ON CONFLICT (merchant_uid) DO UPDATE SET state = excluded.state, details = excluded.details,
      is_open = excluded.is_open, updated_at = excluded.updated_at`,

  insertOrder: `INSERT INTO orders
    (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, status, cancelled,
     sequence, created_at, updated_at, tax_free, payee)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', 0, 0, ?8, ?8, ?9, ?10)
    ON CONFLICT (merchant_uid) DO NOTHING`,

  // Rows that another instance is taking are skipped: it takes them, or they are due again after its lease.
  claimDue: takeBy(`WITH due AS MATERIALIZED
    (SELECT id FROM subscriptions WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 FOR UPDATE SKIP LOCKED)
    UPDATE subscriptions SET due_at = ?2 WHERE id IN (SELECT id FROM due) RETURNING id`),

  selectMany: `SELECT ${subscriptionColumns} FROM subscriptions WHERE id = ANY (?1)`,

  selectOpenAttempts: shared.selectOpenAttempts('= ANY (?1)'),
}
