-- Identity verifications. What each column means and who writes it: docs/storage.md. No column is for a name, a birthday, a phone,
-- a CI or a DI.
CREATE TABLE identity_verifications (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  minimum_age INTEGER,
  pg_provider TEXT,
  once_per_person INTEGER NOT NULL CHECK (once_per_person IN (0, 1)),
  keeps_person_key INTEGER NOT NULL CHECK (keeps_person_key IN (0, 1)),
  deletes_record INTEGER NOT NULL CHECK (deletes_record IN (0, 1)),
  expected TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'verified', 'refused')),
  reason TEXT,
  detail TEXT,
  imp_uid TEXT,
  certified_at INTEGER,
  person_key TEXT,
  unique_person TEXT,
  use_reference TEXT,
  used_at INTEGER,
  provider_record TEXT NOT NULL CHECK (provider_record IN ('kept', 'deleting', 'deleted')),
  deletion_requested_at INTEGER,
  due_at INTEGER,
  sequence INTEGER NOT NULL CHECK (sequence >= 0),
  created_at INTEGER NOT NULL,
  kept_until INTEGER NOT NULL,
  CHECK ((status = 'pending') = (imp_uid IS NULL)),
  CHECK ((status = 'refused') = (reason IS NOT NULL)),
  CHECK ((use_reference IS NULL) = (used_at IS NULL)),
  CHECK (unique_person IS NULL OR (status = 'verified' AND once_per_person = 1)),
  CHECK ((due_at IS NOT NULL) = (provider_record = 'deleting'))
) STRICT, WITHOUT ROWID;

-- One record of the provider is the result of one verification.
CREATE UNIQUE INDEX identity_verifications_record ON identity_verifications (imp_uid) WHERE imp_uid IS NOT NULL;
-- Where a person may be verified for a purpose once, the database decides which of two was first.
CREATE UNIQUE INDEX identity_verifications_person ON identity_verifications (purpose, unique_person) WHERE unique_person IS NOT NULL;
CREATE INDEX identity_verifications_due ON identity_verifications (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX identity_verifications_kept ON identity_verifications (kept_until);
