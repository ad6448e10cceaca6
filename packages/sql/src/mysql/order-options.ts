import type { Migrations } from '../migrations.ts'
import { unlessFound } from './unless-found.ts'

/**
 * The tax-free part and the VAT of an order, as the merchant named them, and of each refund; and the channel by which an order
 * has to be paid, as a JSON object. No row is written.
 */
export const orderOptions: Migrations = {
  '0006_order_options': [
    ...addColumns(
      'orders',
      'tax_free bigint, ADD COLUMN vat_amount bigint, ADD COLUMN expected_channel text',
    ),
    ...addColumns('cancels', 'tax_free bigint, ADD COLUMN vat_amount bigint'),
  ],
}

function addColumns(table: string, columns: string): readonly string[] {
  return unlessFound(
    `information_schema.columns
    WHERE table_schema = DATABASE() AND table_name = '${table}' AND column_name = 'tax_free'`,
    `ALTER TABLE ${table} ADD COLUMN ${columns}`,
  )
}
