import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import {
  callOnChange,
  classifyOnChange,
  type Listener,
  OnChangeError,
  onChangeLimitMs,
  savepoint,
  toWritten,
} from '../call-on-change.ts'
import {
  type Driver,
  type ErrorKind,
  type Outcome,
  type PlannedChange,
  runTogether,
  type Send,
  type Statement,
  toStorable,
  type Value,
} from '../driver.ts'
import { type BatchStatement, sendBatch } from './batch.ts'

/** Whether statements are prepared. */
export interface PreparedStatements {
  /**
   * Whether a connection keeps its statements, so that the server parses and plans each only once; true by default. Behind a proxy
   * that gives every transaction another connection and does not know prepared statements, such as PgBouncer before 1.21 or with
   * `max_prepared_statements = 0`, the first statement that is not there ends this for the whole pool, and its transaction is
   * repeated.
   */
  readonly prepare?: boolean
}

/** How the driver uses the connections of a pool. */
export interface PostgresDriverOptions extends PreparedStatements {
  /** Is told of changes before they are committed. */
  readonly listener?: Listener<PoolClient>
}

/** A statement that waits for a lock outlives the connection that sent it, so it has a limit of its own. */
const beginOnChange = `${savepoint};
  SELECT set_config('statement_timeout', '${onChangeLimitMs}', true)
  WHERE current_setting('statement_timeout') = '0'`

/** invalid_sql_statement_name: the connection does not keep what was prepared on it, so a proxy has put in another one. */
const statementUnknown = '26000'
/** feature_not_supported: since a migration the statement returns another type than when it was prepared. */
const resultChanged = '0A000'
/** serialization_failure, deadlock_detected, lock_not_available, unique_violation. */
const conflicts = new Set(['40001', '40P01', '55P03', '23505'])

const transaction = { begin: 'BEGIN ISOLATION LEVEL READ COMMITTED', commit: 'COMMIT' }

/** Makes a driver of a pool of `pg`. */
export function createPostgresDriver(pool: Pool, options: PostgresDriverOptions = {}): Driver {
  if (pool.options.pipeline === true) throw new TypeError('The pool must not have `pipeline: true`')
  const { listener } = options
  let prepares = options.prepare ?? true
  if (!pool.listeners('acquire').includes(outlive)) pool.on('acquire', outlive)
  const keptNames = new WeakMap<PoolClient, Set<string>>()
  const sendOn = (client: PoolClient): Send => {
    const kept = keptNames.get(client) ?? new Set<string>()
    keptNames.set(client, kept)
    return (statements) =>
      sendBatch(
        client,
        statements.map(({ text, values }) => toBatchStatement(text, values, prepares)),
        kept,
      )
  }
  const runOn = async (
    client: PoolClient,
    statements: readonly Statement[],
    planned: PlannedChange | undefined,
  ): Promise<readonly Outcome[]> => {
    const send = sendOn(client)
    if (statements.length === 1) return await runTogether(statements, null, send)
    if (listener === undefined || planned === undefined) {
      return await runTogether(statements, transaction, send)
    }
    const outcomes = await runTogether(statements, { ...transaction, commit: null }, send)
    const change = toWritten(planned, statements, outcomes)
    if (change !== null) {
      const query = (text: string) => client.query(text)
      await callOnChange(listener, change, client, query, beginOnChange)
    }
    await client.query('COMMIT')
    return outcomes
  }
  return {
    async run(statements, planned) {
      try {
        return await withClient(pool, (client) => runOn(client, statements, planned))
      } catch (error) {
        if (codeOf(error) === statementUnknown) prepares = false
        throw error
      }
    },
    classify(error) {
      if (error instanceof RangeError) return 'refused'
      // A statement that the shop has prepared is its own: a second run would not prepare that anew.
      if (error instanceof OnChangeError) return classifyOnChange(error, classifyCode)
      const code = codeOf(error)
      // The next run prepares what this one has sent.
      if (code === statementUnknown || code === resultChanged) return 'conflict'
      return classifyCode(error) ?? 'disconnected'
    },
  }
}

/** Null for what is no error of the server. */
function classifyCode(error: unknown): ErrorKind | null {
  const code = codeOf(error)
  if (code === null) return null
  if (conflicts.has(code)) return 'conflict'
  // Classes 08 and 57P: the connection failed, or the server ended it.
  return code.startsWith('08') || code.startsWith('57P') ? 'disconnected' : 'refused'
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    const value = await work(client)
    client.release()
    return value
  } catch (error) {
    client.release(!(isOpen(error) && (await rollBack(client))))
    throw error
  }
}

/**
 * A connection that breaks is reported, beside the query that it rejects, to its listeners, and ends the process without
 * one. The pool listens to those that nobody uses, and stops before its promise resolves.
 */
function outlive(client: PoolClient): void {
  if (!client.listeners('error').includes(ignore)) client.on('error', ignore)
}

/** Whether the connection can still be there after an error. */
function isOpen(error: unknown): boolean {
  return error instanceof OnChangeError ? error.isSettled : codeOf(error) !== null
}

/** Ends the transaction; false when the connection can no longer be used. */
async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}

function toBatchStatement(
  text: string,
  values: readonly Value[],
  prepare: boolean,
): BatchStatement {
  const { text: sql, name, count } = compile(text)
  return {
    text: sql,
    // BEGIN and COMMIT are nothing to plan.
    name: prepare && count > 0 ? name : '',
    // The last values may be for the guards that other databases have in this statement.
    values: values.slice(0, count).map(toBound),
  }
}

function toBound(value: Value): string | null {
  if (typeof value === 'string') return toStorable(value)
  if (typeof value !== 'object') return String(value)
  if (value === null) return null
  return value.every((each) => typeof each === 'string')
    ? `{${value.map(toElement).join(',')}}`
    : JSON.stringify(value)
}

/** Returns text as an element of an array. */
function toElement(text: string): string {
  return `"${toStorable(text).replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

interface Compiled {
  readonly text: string
  readonly name: string
  readonly count: number
}

const compiled = new Map<string, Compiled>()

/** Returns the text with PostgreSQL's placeholders, `$1` for `?1`, how many it has, and a name for it. */
function compile(text: string): Compiled {
  const known = compiled.get(text)
  if (known !== undefined) return known
  const positions = [...text.matchAll(/\?(\d+)/g)].map(([, position]) => Number(position))
  const result = {
    text: text.replaceAll('?', '$'),
    // The same in every process: behind a proxy a statement that another one prepared must not be a different one.
    name: `quayside_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`,
    count: Math.max(0, ...positions),
  }
  compiled.set(text, result)
  return result
}

/** Returns the SQLSTATE of an error of the server; null for any other error. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : null
}

function ignore(): void {}
