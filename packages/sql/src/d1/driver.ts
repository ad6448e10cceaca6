import type { Driver, Row } from '../driver.ts'
import { toBound } from '../sqlite/to-bound.ts'

/**
 * What D1 says when it ran nothing, or ran a statement that SQLite refused. An overloaded database must not be asked again
 * at once.
 */
const refusals = /SQLITE_|overloaded/

/**
 * What the store calls of a D1 binding. `D1Database` is one, whether `@cloudflare/workers-types` declares it or
 * `wrangler types` does.
 */
export interface D1Binding {
  /** Prepares a statement of SQL. */
  prepare(text: string): D1Statement
  /** Runs statements in one transaction; each has its rows and the number of rows that it changed. */
  batch<Read>(statements: D1Statement[]): Promise<{ results: Read[]; meta: { changes: number } }[]>
}

/** A prepared statement of D1. */
export interface D1Statement {
  /** The statement with its values. */
  bind(...values: unknown[]): D1Statement
}

/** Makes a driver of a D1 database, whose batch is one transaction. */
export function createD1Driver(db: D1Binding): Driver {
  return {
    async run(statements) {
      const prepared = statements.map(({ text, values }) =>
        db.prepare(text).bind(...(typeof values === 'function' ? values([]) : values).map(toBound)),
      )
      const results = await db.batch<Row>(prepared)
      return results.map(({ results: rows, meta }) => ({ rows, changes: meta.changes }))
    },
    // D1 has many words for a connection that was lost, and more may come: of what is unknown nothing is known.
    classify: (error) => (refusals.test(String(error)) ? 'refused' : 'disconnected'),
  }
}
