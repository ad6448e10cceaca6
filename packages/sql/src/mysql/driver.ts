import type { Sleep } from '@quayside/server'
import type {
  FieldPacket,
  PoolConnection,
  QueryError,
  ResultSetHeader,
  RowDataPacket,
} from 'mysql2'
import type { Pool, PoolConnection as PromisePoolConnection } from 'mysql2/promise'
import {
  callOnChange,
  classifyOnChange,
  type Listener,
  OnChangeError,
  toWritten,
} from '../call-on-change.ts'
import {
  type Driver,
  type ErrorKind,
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

// The driver waits for callbacks: the promises of `mysql2` capture a stack at every call, which costs more than the call.

/** Makes a driver of a pool of `mysql2`, for MySQL and MariaDB. */
export function createMysqlDriver(
  pool: Pool,
  listener?: Listener<PromisePoolConnection>,
  limit?: AcquireLimit,
): Driver {
  if (!pool.pool.listeners('acquire').includes(outlive)) pool.pool.on('acquire', outlive)
  return {
    run: (statements, planned) =>
      withConnection(pool, limit, async (connection) => {
        const execute: Execute = (text, values) => executeOn(connection, text, values)
        const isAlone = statements.length === 1
        if (isAlone && (await commitsByItself(connection))) return runEach(statements, execute)
        // For the next transaction only: the session may be the shop's. The default, REPEATABLE READ, locks gaps, and
        // reads what was committed when the transaction began.
        await query(connection, 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED')
        await query(connection, 'START TRANSACTION')
        const outcomes = await runEach(statements, execute)
        const change = toWritten(planned, statements, outcomes)
        if (listener !== undefined && change !== null) {
          await callOnChange(listener, change, connection.promise(), (text) =>
            query(connection, text),
          )
        }
        await query(connection, 'COMMIT')
        return outcomes
      }),
    classify(error) {
      if (error instanceof RangeError) return 'refused'
      if (error instanceof OnChangeError) return classifyOnChange(error, classifyCode)
      return classifyCode(error) ?? 'disconnected'
    },
  }
}

const commitModes = new WeakMap<PoolConnection, boolean>()

/**
 * Whether the connection commits a statement that is in no transaction. With `autocommit = 0` it would begin one that
 * nobody ends. Each connection is asked once.
 */
async function commitsByItself(connection: PoolConnection): Promise<boolean> {
  const known = commitModes.get(connection)
  if (known !== undefined) return known
  const { rows } = await executeOn(connection, 'SELECT @@autocommit AS autocommit', [])
  const isOn = rows[0]?.['autocommit'] === 1
  commitModes.set(connection, isOn)
  return isOn
}

/** Null for what is no error of the server. */
function classifyCode(error: unknown): ErrorKind | null {
  const code = codeOf(error)
  if (code === null) return null
  if (disconnections.has(code)) return 'disconnected'
  return conflicts.has(code) ? 'conflict' : 'refused'
}

/** Works on a connection of the pool; after an error its transaction is rolled back, or the connection closed. */
export async function withConnection<T>(
  pool: Pool,
  limit: AcquireLimit | undefined,
  work: (connection: PoolConnection) => Promise<T>,
): Promise<T> {
  const connection = await acquire(pool, limit)
  try {
    const value = await work(connection)
    connection.release()
    return value
  } catch (error) {
    if (isOpen(error) && (await rollBack(connection))) connection.release()
    else connection.destroy()
    throw error
  }
}

/** A connection that breaks is reported to its listeners, perhaps twice; the pool listens once. Without a listener it ends the process. */
function outlive(connection: PoolConnection): void {
  if (!connection.listeners('error').includes(ignore)) connection.on('error', ignore)
}

function ignore(): void {}

/** How long to wait for a connection of the pool, and the timer for it. */
interface AcquireLimit {
  readonly ms: number
  readonly sleep: Sleep
}

function acquire(pool: Pool, limit: AcquireLimit | undefined): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    const timer = new AbortController()
    let isLate = false
    pool.pool.getConnection((error, found) => {
      timer.abort()
      if (error !== null) reject(error)
      else if (isLate) found.release()
      else resolve(found)
    })
    limit?.sleep(limit.ms, timer.signal).then(() => {
      if (timer.signal.aborted) return
      isLate = true
      reject(new Error(`No connection of the pool was free within ${limit.ms} ms`))
    }, reject)
  })
}

/** Whether the connection can still be there after an error. */
function isOpen(error: unknown): boolean {
  return error instanceof OnChangeError ? error.isSettled : codeOf(error) !== null
}

/** Ends the transaction; false when the connection can no longer be used. */
async function rollBack(connection: PoolConnection): Promise<boolean> {
  try {
    await query(connection, 'ROLLBACK')
    return true
  } catch {
    return false
  }
}

/** Runs a statement without values or rows. */
export function query(connection: PoolConnection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.query(sql, (error: QueryError | null) =>
      error === null ? resolve() : reject(error),
    )
  })
}

interface Answer {
  readonly result: ResultSetHeader | RowDataPacket[]
  readonly fields: readonly FieldPacket[]
}

async function executeOn(
  connection: PoolConnection,
  text: string,
  values: readonly Value[],
): Promise<Outcome> {
  const { sql, bound } = compile(text, values)
  const { result, fields } = await new Promise<Answer>((resolve, reject) => {
    connection.execute<Answer['result']>(
      { sql, values: bound, ...reading },
      (error, found, columns) =>
        error === null ? resolve({ result: found, fields: columns }) : reject(error),
    )
  })
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
  const { first, rest } = splitText(text)
  const sql = rest.reduce((before, { position, following }) => {
    const value = values[position - 1] ?? null
    if (typeof value !== 'object' || value === null) {
      bound.push(toBound(value))
      return `${before}?${following}`
    }
    const rows = value.map((each) => (typeof each === 'object' ? [...each] : [each]))
    const isList = rows.every((row) => row.length === 1)
    const padded = isList ? padToPowerOfTwo(rows) : rows
    bound.push(...padded.flat().map(toBound))
    const list = padded.map((row) => (isList ? '?' : `(${row.map(() => '?').join(', ')})`))
    return before + list.join(', ') + following
  }, first)
  return { sql, bound }
}

/** A text at its placeholders: what is before the first, and each with what follows it. */
interface SplitText {
  readonly first: string
  readonly rest: readonly { readonly position: number; readonly following: string }[]
}

const splitTexts = new Map<string, SplitText>()

function splitText(text: string): SplitText {
  const known = splitTexts.get(text)
  if (known !== undefined) return known
  const [first = '', ...parts] = text.split(/\?(?=\d)/)
  const rest = parts.map((part) => {
    const [digits = ''] = /^\d+/.exec(part) ?? []
    return { position: Number(digits), following: part.slice(digits.length) }
  })
  const split = { first, rest }
  splitTexts.set(text, split)
  return split
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
