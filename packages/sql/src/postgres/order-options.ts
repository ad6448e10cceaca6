import type { Migrations } from '../migrations.ts'

/**
 * The tax-free part and the VAT of an order, as the merchant named them, and of each refund; and the channel by which an order
 * has to be paid, as a JSON object. No row is written.
 */
export const orderOptions: Migrations = {
  '0006_order_options': [
    `ALTER TABLE orders ADD COLUMN tax_free bigint, ADD COLUMN vat_amount bigint, ADD COLUMN expected_channel text`,
    `ALTER TABLE cancels ADD COLUMN tax_free bigint, ADD COLUMN vat_amount bigint`,
  ],
}
