-- The outcome of a reconciliation issue whose payment was refunded has a new name.
UPDATE exceptions SET outcome = 'refunded' WHERE outcome = 'given_back';
