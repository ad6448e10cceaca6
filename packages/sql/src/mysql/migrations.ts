import type { Migrations } from '../migrations.ts'
import { naverProducts } from './naver-products.ts'
import { orderLists } from './order-lists.ts'
import { orderOptions } from './order-options.ts'
import { orderPayees } from './order-payees.ts'
import { payees } from './payees.ts'
import { paymentLinkTables } from './payment-links.ts'
import { subscriptionTables } from './subscriptions.ts'

/**
 * Returns the migrations for a collation that compares text byte by byte, without ignoring a space at the end:
 * `utf8mb4_0900_bin` of MySQL, `utf8mb4_nopad_bin` of MariaDB; neither server knows the other's. What each column means
 * and who writes it: docs/storage.md. Times are milliseconds since 1970, money is whole minor units. No trigger: where the
 * binary log is on, creating one needs a right that managed databases do not give.
 */
export function mysqlMigrations(collation: string): Migrations {
  const options = `ENGINE = InnoDB, DEFAULT CHARACTER SET utf8mb4, COLLATE ${collation}`
  return {
    '0001_tables': [
      `CREATE TABLE IF NOT EXISTS orders (
      merchant_uid varchar(40) PRIMARY KEY CHECK (char_length(merchant_uid) BETWEEN 1 AND 40),
      amount bigint NOT NULL CHECK (amount > 0),
      currency varchar(3) NOT NULL,
      allowances text NOT NULL,
      policy_late varchar(64) NOT NULL CHECK (policy_late IN ('deliver', 'report', 'refund')),
      policy_unmatched varchar(64) NOT NULL CHECK (policy_unmatched IN ('report', 'refund')),
      name text,
      status varchar(64) NOT NULL CHECK (status IN (
        'pending', 'vbank_issued', 'paid', 'failed', 'partially_cancelled', 'cancelled', 'expired'
      )),
      imp_uid varchar(64),
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
      updated_at bigint NOT NULL,
      UNIQUE INDEX orders_payment (imp_uid),
      INDEX orders_paid (paid_at)
    ) ${options}`,
      `CREATE TABLE IF NOT EXISTS outbox (
      id varchar(255) PRIMARY KEY,
      merchant_uid varchar(40),
      sequence bigint,
      kind varchar(64) NOT NULL,
      payload mediumtext NOT NULL,
      created_at bigint NOT NULL,
      due_at bigint,
      tries bigint NOT NULL CHECK (tries >= 0),
      failure text,
      delivered_at bigint,
      CHECK (due_at IS NULL OR delivered_at IS NULL),
      CHECK ((merchant_uid IS NULL) = (kind = 'exception')),
      CHECK ((sequence IS NULL) = (kind = 'exception')),
      INDEX outbox_due (due_at),
      INDEX outbox_delivered (delivered_at)
    ) ${options}`,
      `CREATE TABLE IF NOT EXISTS attempts (
      imp_uid varchar(64) NOT NULL,
      merchant_uid varchar(40) NOT NULL,
      verdict varchar(64) NOT NULL CHECK (verdict IN (
        'accepted', 'refused', 'duplicate_paid', 'late_paid', 'refunded'
      )),
      reason varchar(64),
      payment_merchant_uid varchar(40) NOT NULL,
      payment_status varchar(64) NOT NULL,
      amount bigint NOT NULL,
      currency varchar(3) NOT NULL,
      cancelled bigint NOT NULL,
      pay_method text,
      pg_provider text,
      sandbox tinyint CHECK (sandbox IN (0, 1)),
      created_at bigint NOT NULL,
      PRIMARY KEY (imp_uid, merchant_uid),
      CHECK ((verdict = 'refused') = (reason IS NOT NULL)),
      INDEX attempts_refused (verdict, created_at),
      INDEX attempts_refused_order (merchant_uid, verdict)
    ) ${options}`,
      `CREATE TABLE IF NOT EXISTS cancels (
      imp_uid varchar(64) NOT NULL,
      balance bigint NOT NULL CHECK (balance > 0),
      amount bigint NOT NULL,
      currency varchar(3) NOT NULL,
      merchant_uid varchar(40) NOT NULL,
      asked_by varchar(64) NOT NULL CHECK (asked_by IN ('merchant', 'policy')),
      state varchar(64) NOT NULL CHECK (state IN ('requested', 'confirmed', 'refused', 'unknown')),
      detail text,
      requested_at bigint NOT NULL,
      settled_at bigint,
      due_at bigint,
      PRIMARY KEY (imp_uid, balance),
      CHECK (amount > 0 AND amount <= balance),
      CHECK ((settled_at IS NULL) = (state IN ('requested', 'unknown'))),
      CHECK ((due_at IS NULL) = (settled_at IS NOT NULL)),
      INDEX cancels_due (due_at),
      INDEX cancels_order (merchant_uid)
    ) ${options}`,
      `CREATE TABLE IF NOT EXISTS revocations (
      imp_uid varchar(64) PRIMARY KEY,
      merchant_uid varchar(40) NOT NULL,
      state varchar(64) NOT NULL CHECK (state IN ('requested', 'confirmed', 'refused', 'unknown')),
      detail text,
      requested_at bigint NOT NULL,
      settled_at bigint,
      due_at bigint,
      CHECK ((settled_at IS NULL) = (state IN ('requested', 'unknown'))),
      CHECK ((due_at IS NULL) = (settled_at IS NOT NULL)),
      INDEX revocations_due (due_at),
      INDEX revocations_order (merchant_uid)
    ) ${options}`,
      `CREATE TABLE IF NOT EXISTS reconciliation_issues (
      id varchar(255) PRIMARY KEY,
      kind varchar(64) NOT NULL CHECK (kind IN (
        'duplicate_paid', 'late_paid', 'mismatch_paid', 'order_unknown', 'payment_missing'
      )),
      merchant_uid varchar(40) NOT NULL,
      imp_uid varchar(64) NOT NULL,
      policy varchar(64) NOT NULL CHECK (policy IN ('report', 'refund')),
      snapshot text NOT NULL,
      outcome text,
      tries bigint NOT NULL CHECK (tries >= 0),
      created_at bigint NOT NULL,
      due_at bigint,
      closed_at bigint,
      CHECK (due_at IS NULL OR closed_at IS NULL),
      INDEX reconciliation_issues_due (due_at),
      INDEX reconciliation_issues_page (created_at, id)
    ) ${options}`,
      `CREATE TABLE IF NOT EXISTS poll_schedule (
      merchant_uid varchar(40) PRIMARY KEY,
      due_at bigint NOT NULL,
      INDEX poll_schedule_due (due_at)
    ) ${options}`,
      `CREATE TABLE IF NOT EXISTS cursors (
      name varchar(64) PRIMARY KEY,
      at bigint NOT NULL,
      held_until bigint NOT NULL
    ) ${options}`,
    ],
    '0002_billing_keys': [
      `CREATE TABLE IF NOT EXISTS billing_keys (
      registration_id varchar(40) PRIMARY KEY,
      customer_uid varchar(40) NOT NULL,
      customer_id varchar(128) NOT NULL,
      mode varchar(64) NOT NULL CHECK (mode IN ('live', 'test')),
      state varchar(64) NOT NULL CHECK (state IN (
        'pending', 'registered', 'failed', 'deleting', 'deleted'
      )),
      requested text NOT NULL,
      order_uid varchar(40),
      replaces varchar(40),
      imp_uid varchar(64),
      means text,
      expires_at bigint,
      preference bigint NOT NULL,
      failure varchar(64),
      fail_reason text,
      deletion text,
      sequence bigint NOT NULL CHECK (sequence >= 0),
      created_at bigint NOT NULL,
      registered_at bigint,
      deleted_at bigint,
      due_at bigint,
      CHECK ((state = 'failed') = (failure IS NOT NULL)),
      CHECK ((state IN ('registered', 'deleting', 'deleted')) = (registered_at IS NOT NULL)),
      CHECK ((state = 'deleted') = (deleted_at IS NOT NULL)),
      UNIQUE INDEX billing_keys_key (customer_uid),
      INDEX billing_keys_customer (customer_id, registration_id),
      INDEX billing_keys_due (due_at),
      INDEX billing_keys_failed (state, created_at)
    ) ${options}`,
    ],
    '0003_identity_verifications': [
      `CREATE TABLE IF NOT EXISTS identity_verifications (
      id varchar(40) PRIMARY KEY,
      customer_id varchar(128) NOT NULL,
      purpose varchar(64) NOT NULL,
      minimum_age bigint,
      pg_provider varchar(64),
      once_per_person tinyint NOT NULL CHECK (once_per_person IN (0, 1)),
      keeps_person_key tinyint NOT NULL CHECK (keeps_person_key IN (0, 1)),
      deletes_record tinyint NOT NULL CHECK (deletes_record IN (0, 1)),
      expected text,
      status varchar(64) NOT NULL CHECK (status IN ('pending', 'verified', 'refused')),
      reason varchar(64),
      detail varchar(64),
      imp_uid varchar(64),
      certified_at bigint,
      person_key varchar(64),
      unique_person varchar(64),
      use_reference varchar(128),
      used_at bigint,
      provider_record varchar(64) NOT NULL CHECK (provider_record IN ('kept', 'deleting', 'deleted')),
      deletion_requested_at bigint,
      due_at bigint,
      sequence bigint NOT NULL CHECK (sequence >= 0),
      created_at bigint NOT NULL,
      kept_until bigint NOT NULL,
      CHECK ((status = 'pending') = (imp_uid IS NULL)),
      CHECK ((status = 'refused') = (reason IS NOT NULL)),
      CHECK ((use_reference IS NULL) = (used_at IS NULL)),
      CHECK (unique_person IS NULL OR (status = 'verified' AND once_per_person = 1)),
      CHECK ((due_at IS NOT NULL) = (provider_record = 'deleting')),
      UNIQUE INDEX identity_verifications_record (imp_uid),
      UNIQUE INDEX identity_verifications_person (purpose, unique_person),
      INDEX identity_verifications_due (due_at),
      INDEX identity_verifications_kept (kept_until)
    ) ${options}`,
    ],

    '0004_subscriptions': subscriptionTables(options),
    ...orderLists,
    ...orderOptions,
    '0007_payment_links': paymentLinkTables(options),
    ...orderPayees,
    ...payees,
    ...naverProducts,
  }
}
