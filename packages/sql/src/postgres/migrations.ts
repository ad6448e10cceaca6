import type { Migrations } from '../migrations.ts'
import { naverProducts } from './naver-products.ts'
import { orderLists } from './order-lists.ts'
import { orderOptions } from './order-options.ts'
import { orderPayees } from './order-payees.ts'
import { payees } from './payees.ts'
import { paymentLinkTables } from './payment-links.ts'
import { subscriptionTables } from './subscriptions.ts'

// What each column means and who writes it: docs/storage.md. Times are milliseconds since 1970, money is whole minor units.
// Ids are compared byte by byte, whatever the collation of the database: "C". No sequence, no trigger and no foreign key,
// so that engines which only speak the protocol of PostgreSQL run them as well. JSON is text: only the server reads it,
// and the types for JSON refuse characters that an escape can stand for.

export const postgresMigrations: Migrations = {
  '0001_tables': [
    `CREATE TABLE orders (
      merchant_uid text COLLATE "C" PRIMARY KEY CHECK (char_length(merchant_uid) BETWEEN 1 AND 40),
      amount bigint NOT NULL CHECK (amount > 0),
      currency text NOT NULL,
      allowances text NOT NULL,
      policy_late text NOT NULL CHECK (policy_late IN ('deliver', 'report', 'refund')),
      policy_unmatched text NOT NULL CHECK (policy_unmatched IN ('report', 'refund')),
      name text,
      status text NOT NULL CHECK (status IN (
        'pending', 'vbank_issued', 'paid', 'failed', 'partially_cancelled', 'cancelled', 'expired'
      )),
      imp_uid text COLLATE "C",
      pay_method text,
      cancelled bigint NOT NULL CHECK (cancelled >= 0),
      vbank_bank text,
      vbank_number text,
      vbank_holder text,
      vbank_due_at bigint,
      vbank_issued_at bigint,
      accounts text,
      paid_at bigint,
      fail_reason text,
      receipt_url text,
      paid_amount bigint,
      sequence bigint NOT NULL CHECK (sequence >= 0),
      prepared_at bigint,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL
    )`,
    `CREATE UNIQUE INDEX orders_payment ON orders (imp_uid)`,
    `CREATE INDEX orders_paid ON orders (paid_at, merchant_uid) WHERE paid_at IS NOT NULL`,
    `CREATE TABLE outbox (
      id text COLLATE "C" PRIMARY KEY,
      merchant_uid text COLLATE "C",
      sequence bigint,
      kind text NOT NULL,
      payload text NOT NULL,
      created_at bigint NOT NULL,
      due_at bigint,
      tries bigint NOT NULL CHECK (tries >= 0),
      failure text,
      delivered_at bigint,
      CHECK (due_at IS NULL OR delivered_at IS NULL),
      CHECK ((merchant_uid IS NULL) = (kind = 'exception')),
      CHECK ((sequence IS NULL) = (kind = 'exception'))
    )`,
    `CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX outbox_failed ON outbox (id) WHERE due_at IS NULL AND delivered_at IS NULL`,
    `CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL`,
    `CREATE TABLE attempts (
      imp_uid text COLLATE "C" NOT NULL,
      merchant_uid text COLLATE "C" NOT NULL,
      verdict text NOT NULL CHECK (verdict IN (
        'accepted', 'refused', 'duplicate_paid', 'late_paid', 'refunded'
      )),
      reason text,
      payment_merchant_uid text COLLATE "C" NOT NULL,
      payment_status text NOT NULL,
      amount bigint NOT NULL,
      currency text NOT NULL,
      cancelled bigint NOT NULL,
      pay_method text,
      pg_provider text,
      sandbox smallint CHECK (sandbox IN (0, 1)),
      created_at bigint NOT NULL,
      PRIMARY KEY (imp_uid, merchant_uid),
      CHECK ((verdict = 'refused') = (reason IS NOT NULL))
    )`,
    `CREATE INDEX attempts_refused ON attempts (created_at) WHERE verdict = 'refused'`,
    `CREATE INDEX attempts_refused_order ON attempts (merchant_uid) WHERE verdict = 'refused'`,
    `CREATE TABLE cancels (
      imp_uid text COLLATE "C" NOT NULL,
      balance bigint NOT NULL CHECK (balance > 0),
      amount bigint NOT NULL,
      currency text NOT NULL,
      merchant_uid text COLLATE "C" NOT NULL,
      asked_by text NOT NULL CHECK (asked_by IN ('merchant', 'policy')),
      state text NOT NULL CHECK (state IN ('requested', 'confirmed', 'refused', 'unknown')),
      detail text,
      requested_at bigint NOT NULL,
      settled_at bigint,
      due_at bigint,
      PRIMARY KEY (imp_uid, balance),
      CHECK (amount > 0 AND amount <= balance),
      CHECK ((settled_at IS NULL) = (state IN ('requested', 'unknown'))),
      CHECK ((due_at IS NULL) = (settled_at IS NOT NULL))
    )`,
    `CREATE INDEX cancels_due ON cancels (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX cancels_order ON cancels (merchant_uid)`,
    `CREATE TABLE revocations (
      imp_uid text COLLATE "C" PRIMARY KEY,
      merchant_uid text COLLATE "C" NOT NULL,
      state text NOT NULL CHECK (state IN ('requested', 'confirmed', 'refused', 'unknown')),
      detail text,
      requested_at bigint NOT NULL,
      settled_at bigint,
      due_at bigint,
      CHECK ((settled_at IS NULL) = (state IN ('requested', 'unknown'))),
      CHECK ((due_at IS NULL) = (settled_at IS NOT NULL))
    )`,
    `CREATE INDEX revocations_due ON revocations (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX revocations_order ON revocations (merchant_uid)`,
    `CREATE TABLE reconciliation_issues (
      id text COLLATE "C" PRIMARY KEY,
      kind text NOT NULL CHECK (kind IN (
        'duplicate_paid', 'late_paid', 'mismatch_paid', 'order_unknown', 'payment_missing'
      )),
      merchant_uid text COLLATE "C" NOT NULL,
      imp_uid text COLLATE "C" NOT NULL,
      policy text NOT NULL CHECK (policy IN ('report', 'refund')),
      snapshot text NOT NULL,
      outcome text,
      tries bigint NOT NULL CHECK (tries >= 0),
      created_at bigint NOT NULL,
      due_at bigint,
      closed_at bigint,
      CHECK (due_at IS NULL OR closed_at IS NULL)
    )`,
    `CREATE INDEX reconciliation_issues_due ON reconciliation_issues (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX reconciliation_issues_page ON reconciliation_issues (created_at, id)`,
    `CREATE INDEX reconciliation_issues_open ON reconciliation_issues (created_at, id) WHERE closed_at IS NULL`,
    `CREATE TABLE poll_schedule (
      merchant_uid text COLLATE "C" PRIMARY KEY,
      due_at bigint NOT NULL
    )`,
    `CREATE INDEX poll_schedule_due ON poll_schedule (due_at)`,
    `CREATE TABLE cursors (
      name text PRIMARY KEY,
      at bigint NOT NULL,
      held_until bigint NOT NULL
    )`,
  ],
  '0002_billing_keys': [
    `CREATE TABLE billing_keys (
      registration_id text COLLATE "C" PRIMARY KEY,
      customer_uid text COLLATE "C" NOT NULL,
      customer_id text COLLATE "C" NOT NULL,
      mode text NOT NULL CHECK (mode IN ('live', 'test')),
      state text NOT NULL CHECK (state IN (
        'pending', 'registered', 'failed', 'deleting', 'deleted'
      )),
      requested text NOT NULL,
      order_uid text COLLATE "C",
      replaces text COLLATE "C",
      imp_uid text COLLATE "C",
      means text,
      expires_at bigint,
      preference bigint NOT NULL,
      failure text,
      fail_reason text,
      deletion text,
      sequence bigint NOT NULL CHECK (sequence >= 0),
      created_at bigint NOT NULL,
      registered_at bigint,
      deleted_at bigint,
      due_at bigint,
      CHECK ((state = 'failed') = (failure IS NOT NULL)),
      CHECK ((state IN ('registered', 'deleting', 'deleted')) = (registered_at IS NOT NULL)),
      CHECK ((state = 'deleted') = (deleted_at IS NOT NULL))
    )`,
    `CREATE UNIQUE INDEX billing_keys_key ON billing_keys (customer_uid)`,
    `CREATE INDEX billing_keys_customer ON billing_keys (customer_id, registration_id)`,
    `CREATE INDEX billing_keys_due ON billing_keys (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX billing_keys_failed ON billing_keys (created_at) WHERE state = 'failed'`,
  ],
  '0003_identity_verifications': [
    `CREATE TABLE identity_verifications (
      id text COLLATE "C" PRIMARY KEY,
      customer_id text COLLATE "C" NOT NULL,
      purpose text COLLATE "C" NOT NULL,
      minimum_age bigint,
      pg_provider text,
      once_per_person smallint NOT NULL CHECK (once_per_person IN (0, 1)),
      keeps_person_key smallint NOT NULL CHECK (keeps_person_key IN (0, 1)),
      deletes_record smallint NOT NULL CHECK (deletes_record IN (0, 1)),
      expected text,
      status text NOT NULL CHECK (status IN ('pending', 'verified', 'refused')),
      reason text,
      detail text,
      imp_uid text COLLATE "C",
      certified_at bigint,
      person_key text COLLATE "C",
      unique_person text COLLATE "C",
      use_reference text COLLATE "C",
      used_at bigint,
      provider_record text NOT NULL CHECK (provider_record IN ('kept', 'deleting', 'deleted')),
      deletion_requested_at bigint,
      due_at bigint,
      sequence bigint NOT NULL CHECK (sequence >= 0),
      created_at bigint NOT NULL,
      kept_until bigint NOT NULL,
      CHECK ((status = 'pending') = (imp_uid IS NULL)),
      CHECK ((status = 'refused') = (reason IS NOT NULL)),
      CHECK ((use_reference IS NULL) = (used_at IS NULL)),
      CHECK (unique_person IS NULL OR (status = 'verified' AND once_per_person = 1)),
      CHECK ((due_at IS NOT NULL) = (provider_record = 'deleting'))
    )`,
    `CREATE UNIQUE INDEX identity_verifications_record ON identity_verifications (imp_uid) WHERE imp_uid IS NOT NULL`,
    `CREATE UNIQUE INDEX identity_verifications_person ON identity_verifications (purpose, unique_person) WHERE unique_person IS NOT NULL`,
    `CREATE INDEX identity_verifications_due ON identity_verifications (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX identity_verifications_kept ON identity_verifications (kept_until)`,
  ],
  '0004_subscriptions': subscriptionTables,
  ...orderLists,
  ...orderOptions,
  '0007_payment_links': paymentLinkTables,
  ...orderPayees,
  ...payees,
  ...naverProducts,
}
