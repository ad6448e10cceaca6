import type { Migrations } from '../migrations.ts'

/** The product lines of an order for Naver Pay, as a JSON list. No row is written. */
export const naverProducts: Migrations = {
  '0010_naver_products': [
    `ALTER TABLE orders ADD COLUMN naver_products TEXT`,
    // They are what the order expects, and fixed as the rest of it is.
    `DROP TRIGGER orders_fixed`,
    `CREATE TRIGGER orders_fixed
    BEFORE UPDATE OF merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, created_at,
      tax_free, vat_amount, expected_channel, payee, naver_products
    ON orders
    BEGIN
      SELECT RAISE(ABORT, 'what an order expects cannot change');
    END`,
  ],
}
