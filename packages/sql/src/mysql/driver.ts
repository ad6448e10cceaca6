import type { Pool, PoolConnection } from 'mysql2/promise'
import {
  type Driver,
  type Execute,
  type Outcome,
  runEach,
  type Scalar,
  toStorable,
  type Value,
} from '../driver.ts'

/** ER_LOCK_DEADLOCK, ER_LOCK_WAIT_TIMEOUT, ER_DUP_ENTRY, and MariaDB's ER_CHECKREAD. */
const conflicts = new Set([1213, 1205, 1062, 1020])

/** Too many connections, and a server that shuts down or was killed. */
const disconnections = new Set([1040, 1053, 1077, 1079, 1080, 1317, 1927])

/** The type of a BIGINT column in the protocol. */
const bigint = 8

/** Whatever the pool's own settings are: a BIGINT arrives as text and must be a safe number, a row is an object. */
const reading = {
  supportBigNumbers: true,
  bigNumberStrings: true,
  rowsAsArray: false,
  typeCast: (_field: unknown, next: () => unknown) => next(),
}

/** Makes a driver of a pool of `mysql2`, for MySQL and MariaDB. */
export function createMysqlDriver(pool: Pool): Driver {
  return {
    run: (statements) =>
      withConnection(pool, async (connection) => {
        const execute: Execute = (text, values) => executeOn(connection, text, values)
        if (statements.length === 1) return runEach(statements, execute)
        // For the next transaction only: the session may be the shop's. The default, REPEATABLE READ, locks gaps, and
        // reads what was committed when the transaction began.
        await connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
        await connection.query('START TRANSACTION')
        const outcomes = await runEach(statements, execute)
        await connection.query('COMMIT')
        return outcomes
      }),
    classify(error) {
      if (error instanceof RangeError) return 'refused'
      const code = codeOf(error)
      if (code === null || disconnections.has(code)) return 'disconnected'
      return conflicts.has(code) ? 'conflict' : 'refused'
    },
  }
}

async function withConnection<T>(
  pool: Pool,
  work: (connection: PoolConnection) => Promise<T>,
): Promise<T> {
  const connection = await pool.getConnection()
  try {
    const value = await work(connection)
    connection.release()
    return value
  } catch (error) {
    if (codeOf(error) !== null && (await rollBack(connection))) connection.release()
    else connection.destroy()
    throw error
  }
}

/** Ends the transaction; false when the connection can no longer be used. */
async function rollBack(connection: PoolConnection): Promise<boolean> {
  try {
    await connection.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}

async function executeOn(
  connection: PoolConnection,
  text: string,
  values: readonly Value[],
): Promise<Outcome> {
  const { sql, bound } = compile(text, values)
  const [result, fields] = await connection.execute({ sql, values: bound, ...reading })
  if (!Array.isArray(result)) return { rows: [], changes: result.affectedRows }
  const integers = fields.filter((field) => field.columnType === bigint).map(({ name }) => name)
  // A row of a SELECT has only scalars.
  const rows = result as Record<string, Scalar>[]
  return { rows: rows.map((row) => withIntegers(row, integers)), changes: 0 }
}

function withIntegers(
  row: Record<string, Scalar>,
  names: readonly string[],
): Record<string, Scalar> {
  return {
    ...row,
    ...Object.fromEntries(names.map((name) => [name, toInteger(row[name] ?? null)])),
  }
}

function toInteger(value: Scalar): number | null {
  if (value === null) return null
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError(`The database returned ${value}, which is no safe integer`)
}

/**
 * Returns a statement with MySQL's placeholders, which have no numbers, and what they bind. A list is repeated up to a
 * power of two, so that lists of many lengths are few statements.
 */
function compile(text: string, values: readonly Value[]): { sql: string; bound: Scalar[] } {
  const bound: Scalar[] = []
  const sql = text.replaceAll(/\?(\d+)/g, (_, position) => {
    const value = values[Number(position) - 1] ?? null
    if (typeof value !== 'object' || value === null) {
      bound.push(toBound(value))
      return '?'
    }
    const rows = value.map((each) => (typeof each === 'object' ? [...each] : [each]))
    const isList = rows.every((row) => row.length === 1)
    const padded = isList ? padToPowerOfTwo(rows) : rows
    bound.push(...padded.flat().map(toBound))
    return padded.map((row) => (isList ? '?' : `(${row.map(() => '?').join(', ')})`)).join(', ')
  })
  return { sql, bound }
}

function padToPowerOfTwo(rows: readonly Scalar[][]): readonly Scalar[][] {
  const length = 2 ** Math.ceil(Math.log2(rows.length))
  return Array.from({ length }, (_, index) => rows[Math.min(index, rows.length - 1)] ?? [])
}

function toBound(value: Scalar): Scalar {
  return typeof value === 'string' ? toStorable(value) : value
}

/** Returns the number of an error of the server; null for any other error. */
function codeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errno' in error) || !('sqlState' in error)) return null
  return typeof error.errno === 'number' && error.errno > 0 ? error.errno : null
}
