import type { Migrations } from '../migrations.ts'

/**
 * Whose a billing key, an identity verification or a subscription is, where a shop has several merchant accounts or sub-merchants; and
 * the buyer's details of a subscription that were changed. No row is written.
 */
export const payees: Migrations = {
  '0009_payees': [
    `ALTER TABLE billing_keys ADD COLUMN payee TEXT`,
    `ALTER TABLE identity_verifications ADD COLUMN payee TEXT`,
    `ALTER TABLE subscriptions ADD COLUMN payee TEXT`,
    `ALTER TABLE subscriptions ADD COLUMN buyer TEXT`,
    // Of the others only: a shop with one account has no row in them.
    `CREATE INDEX subscriptions_payee ON subscriptions (payee, id) WHERE payee IS NOT NULL`,
    `CREATE INDEX subscriptions_payee_status ON subscriptions (payee, status, id) WHERE payee IS NOT NULL`,
  ],
}
