-- What a job or a page of the API reads grows with what it returns, not with what was ever stored.

-- Orders paid on one day. A commit of a payment writes one row more.
CREATE INDEX orders_paid ON orders (paid_at) WHERE paid_at IS NOT NULL;

-- Events and refusals that are old enough to be deleted, and the refusals of one order.
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX attempts_refused ON attempts (created_at) WHERE verdict = 'refused';
CREATE INDEX attempts_refused_order ON attempts (merchant_uid) WHERE verdict = 'refused';

-- Pages of all reconciliation issues, newest first.
CREATE INDEX exceptions_created ON exceptions (created_at);
