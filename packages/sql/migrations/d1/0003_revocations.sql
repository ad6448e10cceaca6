-- Accounts to be revoked. What each column means and who writes it: docs/storage.md.

-- An account must receive no deposit once its order accepts none. Written with the close or the expiry.
CREATE TABLE revocations (
  imp_uid TEXT PRIMARY KEY,
  merchant_uid TEXT NOT NULL,
  state TEXT NOT NULL CHECK (
    state = 'requested' OR state = 'confirmed' OR state = 'refused' OR state = 'unknown'
  ),
  detail TEXT,
  requested_at INTEGER NOT NULL,
  settled_at INTEGER CHECK ((settled_at IS NULL) = (state = 'requested' OR state = 'unknown')),
  due_at INTEGER CHECK ((due_at IS NULL) = (settled_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX revocations_due ON revocations (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX revocations_order ON revocations (merchant_uid);
