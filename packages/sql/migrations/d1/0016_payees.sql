-- Whose a billing key, an identity verification or a subscription is, where a shop has several merchant accounts or sub-merchants:
-- as in orders. Ids of keys and of records of the others end with it (ck01~second), so that each index of them is one for each payee.
ALTER TABLE billing_keys ADD COLUMN payee TEXT;
ALTER TABLE identity_verifications ADD COLUMN payee TEXT;
ALTER TABLE subscriptions ADD COLUMN payee TEXT;
-- The buyer's details that replace those of the request; null while nobody changed them.
ALTER TABLE subscriptions ADD COLUMN buyer TEXT;
-- Of the others only: a shop with one account has no row in them.
CREATE INDEX subscriptions_payee ON subscriptions (payee, id) WHERE payee IS NOT NULL;
CREATE INDEX subscriptions_payee_status ON subscriptions (payee, status, id) WHERE payee IS NOT NULL;
