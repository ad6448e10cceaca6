-- Payment links of orders, each with when the order is looked at next, so that no link outlives its order.
CREATE TABLE payment_links (
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
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_links_due ON payment_links (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX payment_links_order ON payment_links (merchant_uid);
