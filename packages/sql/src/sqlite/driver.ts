import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Driver, type Outcome, type Scalar, toStorable, type Value } from '../driver.ts'

/**
 * Makes a driver of Node's own SQLite. A transaction runs from begin to end without waiting, so that the transactions of
 * one connection do not meet; those of other processes wait for the `timeout` of the database.
 */
export function createSqliteDriver(database: DatabaseSync): Driver {
  const prepared = new Map<string, StatementSync>()
  const prepare = (text: string): StatementSync => {
    const statement = prepared.get(text) ?? database.prepare(text)
    prepared.set(text, statement)
    return statement
  }
  const execute = (text: string, values: readonly Value[]): Outcome => {
    const statement = prepare(text)
    const bound = values.map(toBound)
    if (statement.columns().length === 0) {
      return { rows: [], changes: Number(statement.run(...bound).changes) }
    }
    // The columns are declared in STRICT tables, so that a row has no other values.
    const rows = statement.all(...bound) as Record<string, Scalar>[]
    return { rows: rows.map((row) => ({ ...row })), changes: 0 }
  }

  return {
    async run(statements) {
      database.exec('BEGIN IMMEDIATE')
      try {
        const outcomes = statements.map(({ text, values }) =>
          execute(text, typeof values === 'function' ? values([]) : values),
        )
        database.exec('COMMIT')
        return outcomes
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    // There is no connection to lose, and for another process the database itself has waited.
    classify: () => 'refused',
  }
}

function toBound(value: Value): Scalar {
  if (typeof value === 'string') return toStorable(value)
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
