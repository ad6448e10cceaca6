import { paymentLinkColumns } from '../columns.ts'
import { type Dialect, takeBy } from '../dialect.ts'
import * as shared from '../shared-statements.ts'

// What each column means and who writes it: docs/storage.md.
export const paymentLinkTables: readonly string[] = [
  `CREATE TABLE payment_links (
    id text COLLATE "C" PRIMARY KEY,
    merchant_uid text COLLATE "C" NOT NULL,
    url text NOT NULL,
    expires_at bigint NOT NULL,
    created_at bigint NOT NULL,
    closed_at bigint,
    outcome text CHECK (outcome IN ('closed_by_merchant', 'order_closed', 'expired')),
    due_at bigint,
    CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CHECK ((due_at IS NULL) = (closed_at IS NOT NULL))
  )`,
  `CREATE INDEX payment_links_due ON payment_links (due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX payment_links_order ON payment_links (merchant_uid)`,
]

export const paymentLinks: Dialect['paymentLinks'] = {
  ...shared.paymentLinks,
  insert: `INSERT INTO payment_links (id, merchant_uid, url, expires_at, created_at, due_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO NOTHING`,
  settle: `UPDATE payment_links SET outcome = ?2::text,
    closed_at = CASE WHEN ?2::text IS NOT NULL THEN ?3::bigint END,
    due_at = CASE WHEN ?2::text IS NULL
      THEN ?3::bigint + greatest(?4::bigint, (?3::bigint - created_at) / 4) END
    WHERE id = ?1 AND closed_at IS NULL`,
  claimDue: takeBy(`WITH due AS MATERIALIZED
    (SELECT id FROM payment_links WHERE due_at <= ?1 ORDER BY due_at LIMIT ?3 FOR UPDATE SKIP LOCKED)
    UPDATE payment_links SET due_at = ?2 WHERE id IN (SELECT id FROM due)
    RETURNING ${paymentLinkColumns}`),
}
