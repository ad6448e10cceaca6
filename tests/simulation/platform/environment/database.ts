import type { D1Database } from '@cloudflare/workers-types'
import { createD1, type SqlCall } from '../../worker/bindings/d1.ts'
import type { Sqlite } from '../../worker/bindings/sqlite.ts'
import type { Invocations } from './invocation.ts'
import { maxParameters, maxRowBytes, maxStatementBytes } from './limits.ts'
import { createCountWritten } from './rows-written.ts'

/** What was asked of the database in a whole run. */
export interface DatabaseUsage {
  statements: number
  rowsReturned: number
  /** As D1 counts them: with one more for each index that a change may have touched. */
  rowsWritten: number
}

/** Makes the database binding of a worker: a real SQLite with the limits of D1. */
export function createDatabase(
  sqlite: Sqlite,
  invocations: Invocations,
  usage: DatabaseUsage,
): D1Database {
  const countWritten = createCountWritten(sqlite)
  return createD1(async (calls) => {
    invocations.countStatements(calls.length)
    for (const call of calls) checkSize(call, invocations)
    const results = sqlite.batch(calls)
    usage.statements += calls.length
    for (const [at, call] of calls.entries()) {
      const result = results[at]
      if (result === undefined) continue
      usage.rowsReturned += result.rows.length
      usage.rowsWritten += countWritten(call, result)
    }
    return results
  })
}

function checkSize({ text, params }: SqlCall, invocations: Invocations): void {
  if (text.length > maxStatementBytes) refuse('Too long statement', invocations)
  if (params.length > maxParameters) refuse('Too many parameters', invocations)
  let size = 0
  for (const value of params) size += typeof value === 'string' ? value.length : 8
  // Most texts are ASCII: only one that may be too large is encoded.
  if (size * 3 > maxRowBytes && Buffer.byteLength(params.join('')) > maxRowBytes)
    refuse('Too large row', invocations)
}

function refuse(breach: string, { report }: Invocations): never {
  report(breach)
  throw new Error(`D1_ERROR: ${breach}: SQLITE_TOOBIG`)
}
