import type { Migrations } from '../migrations.ts'

/**
 * The tax-free part and the VAT of an order, as the merchant named them, and of each refund; and the channel by which an order
 * has to be paid, as a JSON object.
 */
export const orderOptions: Migrations = {
  '0006_order_options': [
    `ALTER TABLE orders ADD COLUMN tax_free INTEGER`,
    `ALTER TABLE orders ADD COLUMN vat_amount INTEGER`,
    `ALTER TABLE orders ADD COLUMN expected_channel TEXT`,
    `ALTER TABLE cancels ADD COLUMN tax_free INTEGER`,
    `ALTER TABLE cancels ADD COLUMN vat_amount INTEGER`,
    // They are what the order expects, and fixed as the rest of it is.
    `DROP TRIGGER orders_fixed`,
    `CREATE TRIGGER orders_fixed
    BEFORE UPDATE OF merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, created_at,
      tax_free, vat_amount, expected_channel
    ON orders
    BEGIN
      SELECT RAISE(ABORT, 'what an order expects cannot change');
    END`,
  ],
}
