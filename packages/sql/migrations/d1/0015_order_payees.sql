-- Who is paid by an order, where a shop has several merchant accounts or sub-merchants: the name of the account, a tilde and the
-- tier. Null for the account that needs no name, and in rows from before. Ids of payments of the others end with it
-- (imp_448280090638~second), so that each index of payments is one for each payee. Without a CHECK: SQLite would read the whole table.
ALTER TABLE orders ADD COLUMN payee TEXT;

-- It is what the order expects, and fixed as the rest of it is.
DROP TRIGGER orders_fixed;
CREATE TRIGGER orders_fixed
BEFORE UPDATE OF merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, name, created_at, tax_free, vat_amount,
  expected_channel, payee
ON orders
BEGIN
  SELECT RAISE(ABORT, 'what an order expects cannot change');
END;
