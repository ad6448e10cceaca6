import * as shared from '../shared-statements.ts'

// What each column means and who writes it: docs/storage.md.
export const paymentLinkTables = (options: string): readonly string[] => [
  `CREATE TABLE IF NOT EXISTS payment_links (
    id varchar(64) PRIMARY KEY,
    merchant_uid varchar(40) NOT NULL,
    url text NOT NULL,
    expires_at bigint NOT NULL,
    created_at bigint NOT NULL,
    closed_at bigint,
    outcome varchar(64) CHECK (outcome IN ('closed_by_merchant', 'order_closed', 'expired')),
    due_at bigint,
    CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CHECK ((due_at IS NULL) = (closed_at IS NOT NULL)),
    INDEX payment_links_due (due_at),
    INDEX payment_links_order (merchant_uid)
  ) ${options}`,
]

export const paymentLinks = {
  ...shared.paymentLinks,
  insert: `INSERT INTO payment_links (id, merchant_uid, url, expires_at, created_at, due_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON DUPLICATE KEY UPDATE id = payment_links.id`,
  settle: `UPDATE payment_links SET outcome = ?2, closed_at = IF(?2 IS NULL, NULL, ?3),
    due_at = IF(?2 IS NULL, ?3 + GREATEST(?4, (?3 - created_at) DIV 4), NULL)
    WHERE id = ?1 AND closed_at IS NULL`,
}
