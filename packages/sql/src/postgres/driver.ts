import type { Pool, PoolClient } from 'pg'
import {
  type Driver,
  type Execute,
  type Outcome,
  runEach,
  type Scalar,
  toStorable,
  type Value,
} from '../driver.ts'

const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED'

/** serialization_failure, deadlock_detected, lock_not_available, unique_violation. */
const conflicts = new Set(['40001', '40P01', '55P03', '23505'])

/** The oids of smallint, integer and bigint. */
const integers = [20, 21, 23]

/** Whatever the pool's own parsers are: integers must be safe numbers, everything else is text. */
const types = {
  getTypeParser: (oid: number) => (text: string) =>
    integers.includes(oid) ? toInteger(text) : text,
}

/** Makes a driver of a pool of `pg`. */
export function createPostgresDriver(pool: Pool): Driver {
  return {
    run: (statements) =>
      withClient(pool, async (client) => {
        const execute: Execute = (text, values) => executeOn(client, text, values)
        if (statements.length === 1) return runEach(statements, execute)
        await client.query(begin)
        const outcomes = await runEach(statements, execute)
        await client.query('COMMIT')
        return outcomes
      }),
    classify(error) {
      if (error instanceof RangeError) return 'refused'
      const code = codeOf(error)
      if (code === null) return 'disconnected'
      if (conflicts.has(code)) return 'conflict'
      // Classes 08 and 57P: the connection failed, or the server ended it.
      return code.startsWith('08') || code.startsWith('57P') ? 'disconnected' : 'refused'
    },
  }
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // A connection that breaks rejects the query and is reported once more; without a listener that ends the process.
  client.on('error', ignore)
  try {
    const value = await work(client)
    client.off('error', ignore)
    client.release()
    return value
  } catch (error) {
    const isUsable = codeOf(error) !== null && (await rollBack(client))
    // A connection that is thrown away keeps the listener: what broke it may still be reported.
    if (isUsable) client.off('error', ignore)
    client.release(!isUsable)
    throw error
  }
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

async function executeOn(
  client: PoolClient,
  text: string,
  values: readonly Value[],
): Promise<Outcome> {
  const { text: sql, count } = compile(text)
  const { rows, rowCount, command } = await client.query<Record<string, Scalar>>({
    text: sql,
    // The last values may be for the guards that other databases have in this statement.
    values: values.slice(0, count).map(toBound),
    types,
  })
  return { rows, changes: command === 'SELECT' ? 0 : (rowCount ?? 0) }
}

function toBound(value: Value): unknown {
  if (typeof value === 'string') return toStorable(value)
  if (typeof value !== 'object' || value === null) return value
  return value.every((each) => typeof each === 'string')
    ? value.map(toStorable)
    : JSON.stringify(value)
}

interface Compiled {
  readonly text: string
  readonly count: number
}

const compiled = new Map<string, Compiled>()

/** Returns the text with PostgreSQL's placeholders, `$1` for `?1`, and how many it has. */
function compile(text: string): Compiled {
  const known = compiled.get(text)
  if (known !== undefined) return known
  const positions = [...text.matchAll(/\?(\d+)/g)].map(([, position]) => Number(position))
  const result = { text: text.replaceAll('?', '$'), count: Math.max(0, ...positions) }
  compiled.set(text, result)
  return result
}

function toInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`The database returned ${text}, which is no safe integer`)
}

/** Returns the SQLSTATE of an error of the server; null for any other error. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : null
}

function ignore(): void {}
