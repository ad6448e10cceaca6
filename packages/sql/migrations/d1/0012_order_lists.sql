-- Pages of the orders by their creation, which never changes: an order writes this index once, when it is created.
CREATE INDEX orders_created ON orders (created_at, merchant_uid);

-- The history of an order. No index has the accepted payments, because every commit would write it: events name them.
CREATE INDEX attempts_unmatched_order ON attempts (merchant_uid) WHERE verdict <> 'accepted' AND verdict <> 'refused';
CREATE INDEX reconciliation_issues_order ON reconciliation_issues (merchant_uid);
