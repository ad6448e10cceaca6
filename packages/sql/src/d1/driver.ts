import type { D1Database } from '@cloudflare/workers-types'
import type { Driver, Row } from '../driver.ts'
import { toBound } from '../sqlite/to-bound.ts'

/**
 * What D1 says when it ran nothing, or ran a statement that SQLite refused. An overloaded database must not be asked again
 * at once.
 */
const refusals = /SQLITE_|overloaded/

/** Makes a driver of a D1 database, whose batch is one transaction. */
export function createD1Driver(db: D1Database): Driver {
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
