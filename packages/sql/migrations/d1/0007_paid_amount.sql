-- What the payment charged by its own record, in minor units; an allowance lets it differ from the amount.
ALTER TABLE orders ADD COLUMN paid_amount INTEGER;
