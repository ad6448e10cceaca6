-- Every virtual account of an order, each with its payment, as a JSON array; null without an account, and in a row from
-- before this column, which has the one account of the columns vbank_*. Without a CHECK: SQLite would read the whole table.
ALTER TABLE orders ADD COLUMN accounts TEXT;
