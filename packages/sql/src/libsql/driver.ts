import type { Client, ResultSet, Value } from '@libsql/client'
import type { Driver, Outcome, Row, Scalar } from '../driver.ts'
import { toBound } from '../sqlite/to-bound.ts'

/** Makes a driver of a client of libsql, for a file, memory or a server. */
export function createLibsqlDriver(client: Client): Driver {
  return {
    async run(statements) {
      const batch = statements.map(({ text, values }) => ({
        sql: text,
        args: (typeof values === 'function' ? values([]) : values).map(toBound),
      }))
      return (await client.batch(batch, 'write')).map(toOutcome)
    },
    classify(error) {
      if (error instanceof RangeError) return 'refused'
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      // Another process had the lock for longer than this one waited for it.
      if (code === 'SQLITE_BUSY') return 'conflict'
      return code.startsWith('SQLITE_') ? 'refused' : 'disconnected'
    },
  }
}

function toOutcome({ columns, columnTypes, rows, rowsAffected }: ResultSet): Outcome {
  if (columns.length === 0) return { rows: [], changes: rowsAffected }
  const toRow = (row: ResultSet['rows'][number]): Row =>
    Object.fromEntries(
      columns.map((column, index) => [column, toScalar(row[index], columnTypes[index])]),
    )
  return { rows: rows.map(toRow), changes: 0 }
}

/** Whatever the client makes of integers: no column has bytes. */
function toScalar(value: Value | undefined, type: string | undefined): Scalar {
  if (value === undefined || value === null || value instanceof ArrayBuffer) return null
  return typeof value === 'string' && type !== 'INTEGER' ? value : toInteger(value)
}

function toInteger(value: string | number | bigint): number {
  const integer = Number(value)
  if (Number.isSafeInteger(integer)) return integer
  throw new RangeError(`The database returned ${value}, which is no safe integer`)
}
