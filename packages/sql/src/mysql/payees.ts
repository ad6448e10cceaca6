import type { Migrations } from '../migrations.ts'
import { unlessFound } from './unless-found.ts'

/**
 * Whose a billing key, an identity verification or a subscription is, where a shop has several merchant accounts or sub-merchants; and
 * the buyer's details of a subscription that were changed. The columns of key ids become as long as the longest id with its payee, for
 * which the table of keys is written again.
 */
export const payees: Migrations = {
  '0009_payees': [
    ...addPayee(
      'billing_keys',
      `, MODIFY customer_uid varchar(101) NOT NULL, MODIFY replaces varchar(101)`,
    ),
    ...addPayee('identity_verifications'),
    ...addPayee(
      'subscriptions',
      `, ADD COLUMN buyer text, ADD INDEX subscriptions_payee (payee, id),
      ADD INDEX subscriptions_payee_status (payee, status, id)`,
    ),
  ],
}

/** One statement for a table, so that an interrupted migration has done all of it or nothing. */
function addPayee(table: string, more = ''): readonly string[] {
  return unlessFound(
    `information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = '${table}' AND column_name = 'payee'`,
    `ALTER TABLE ${table} ADD COLUMN payee varchar(20)${more}`,
  )
}
