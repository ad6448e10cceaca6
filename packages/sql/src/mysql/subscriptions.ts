import { subscriptionAttemptColumns, subscriptionColumns } from '../columns.ts'
import type { Claim, Dialect } from '../dialect.ts'
import type { Row } from '../driver.ts'
import * as shared from '../shared-statements.ts'

/** Returns the tables. What each column means and who writes it: docs/storage.md. */
export const subscriptionTables = (options: string): readonly string[] => [
  `CREATE TABLE IF NOT EXISTS subscriptions (
    id varchar(24) PRIMARY KEY CHECK (char_length(id) BETWEEN 1 AND 24),
    customer_id varchar(128) NOT NULL CHECK (char_length(customer_id) BETWEEN 1 AND 128),
    name varchar(64) NOT NULL,
    request text NOT NULL,
    status varchar(64) NOT NULL,
    plan text NOT NULL,
    state text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 0),
    revision bigint NOT NULL CHECK (revision >= 0),
    due_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    INDEX subscriptions_due (due_at),
    INDEX subscriptions_customer (customer_id, id),
    INDEX subscriptions_status (status, id)
  ) ${options}`,
  `CREATE TABLE IF NOT EXISTS subscription_attempts (
    merchant_uid varchar(40) PRIMARY KEY,
    subscription_id varchar(24) NOT NULL,
    period bigint NOT NULL CHECK (period >= 0),
    attempt bigint NOT NULL CHECK (attempt >= 0),
    state varchar(64) NOT NULL,
    details text NOT NULL,
    is_open tinyint NOT NULL CHECK (is_open IN (0, 1)),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    UNIQUE INDEX subscription_attempts_page (subscription_id, period, attempt),
    INDEX subscription_attempts_open (subscription_id, is_open)
  ) ${options}`,
]

const take = `SELECT id FROM subscriptions
  WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 FOR UPDATE SKIP LOCKED`
const lease = `UPDATE subscriptions SET due_at = ?1 WHERE id IN (?2)`

const claimDue: Claim = (values, leaseEnd) => {
  const taken = { text: take, values }
  const toValues = (rows: readonly Row[]) => [leaseEnd, rows.map(({ id }) => [id ?? null])]
  return [taken, { text: lease, values: toValues, after: taken }]
}

export const subscriptions: Dialect['subscriptions'] = {
  ...shared.subscriptions,

  insert: `INSERT IGNORE INTO subscriptions (${subscriptionColumns})
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?10, ?13, NULL FROM DUAL
    WHERE NOT EXISTS (SELECT 1 FROM orders WHERE merchant_uid >= ?11 AND merchant_uid < ?12
      AND NOT EXISTS (
        SELECT 1 FROM subscription_attempts AS attempt WHERE attempt.merchant_uid = orders.merchant_uid
      ))`,

  upsertAttempt: `INSERT INTO subscription_attempts (${subscriptionAttemptColumns})
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
    ON DUPLICATE KEY UPDATE state = VALUES(state), details = VALUES(details),
      is_open = VALUES(is_open), updated_at = VALUES(updated_at)`,

  insertOrder: `INSERT IGNORE INTO orders
    (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, status, cancelled,
     sequence, created_at, updated_at, tax_free, payee)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'pending', 0, 0, ?8, ?8, ?9, ?10)`,

  claimDue,

  selectMany: `SELECT ${subscriptionColumns} FROM subscriptions WHERE id IN (?1)`,

  selectOpenAttempts: shared.selectOpenAttempts('IN (?1)'),
}
