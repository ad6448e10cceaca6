-- Tables and columns get the names of the code. Each statement changes only the schema, whatever the number of rows. The names
-- of indexes and the verdict `given_back` stay: they can only be changed by writing a whole table again.
ALTER TABLE exceptions RENAME TO reconciliation_issues;
ALTER TABLE reconciliation_issues RENAME COLUMN evidence TO snapshot;
ALTER TABLE looks RENAME TO poll_schedule;
ALTER TABLE marks RENAME TO cursors;
ALTER TABLE orders RENAME COLUMN policy_stray TO policy_unmatched;
