import type { Migrations } from '../migrations.ts'

/** Who is paid by an order, where a shop has several merchant accounts or sub-merchants. No row is written. */
export const orderPayees: Migrations = {
  '0008_order_payees': [
    `ALTER TABLE orders ADD COLUMN payee TEXT`,
    // It is what the order expects, and fixed as the rest of it is.
    `DROP TRIGGER orders_fixed`,
    `CREATE TRIGGER orders_fixed
    BEFORE UPDATE OF merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, created_at,
      tax_free, vat_amount, expected_channel, payee
    ON orders
    BEGIN
      SELECT RAISE(ABORT, 'what an order expects cannot change');
    END`,
  ],
}
