/**
 * Returns the statements that run DDL unless a row is found. MySQL has no DDL in a transaction, and no `IF NOT EXISTS` for
 * columns and indexes: a migration that was interrupted after a statement runs again.
 *
 * @param row What follows FROM.
 */
export function unlessFound(row: string, statement: string): readonly string[] {
  return [
    `SET @quayside_statement = IF(EXISTS (SELECT 1 FROM ${row}), 'DO 0', '${statement}')`,
    `PREPARE quayside_statement FROM @quayside_statement`,
    `EXECUTE quayside_statement`,
    `DEALLOCATE PREPARE quayside_statement`,
  ]
}
