import { paymentLinkColumns } from '../columns.ts'
import { type Dialect, takeBy } from '../dialect.ts'
import * as shared from '../shared-statements.ts'

// What each column means and who writes it: docs/storage.md.
export const paymentLinkTables: readonly string[] = [
  `CREATE TABLE payment_links (
    id TEXT PRIMARY KEY,
    merchant_uid TEXT NOT NULL,
    url TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER,
    outcome TEXT CHECK (outcome IN ('closed_by_merchant', 'order_closed', 'expired')),
    due_at INTEGER,
    CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CHECK ((due_at IS NULL) = (closed_at IS NOT NULL))
  ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX payment_links_due ON payment_links (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX payment_links_order ON payment_links (merchant_uid)`,
]

export const paymentLinks: Dialect['paymentLinks'] = {
  ...shared.paymentLinks,
  insert: `INSERT INTO payment_links (id, merchant_uid, url, expires_at, created_at, due_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING`,
  settle: `UPDATE payment_links SET outcome = ?2, closed_at = iif(?2 IS NULL, NULL, ?3),
    due_at = CASE WHEN ?2 IS NULL THEN CAST(?3 + max(?4, (?3 - created_at) / 4) AS INTEGER) END
    WHERE id = ?1 AND closed_at IS NULL`,
  claimDue: takeBy(`UPDATE payment_links SET due_at = ?2
    WHERE id IN (SELECT id FROM payment_links WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3)
    RETURNING ${paymentLinkColumns}`),
}
