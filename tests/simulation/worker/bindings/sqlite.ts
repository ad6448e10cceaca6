import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { SqlCall, SqlResult } from './d1.ts'

interface Prepared {
  readonly statement: StatementSync
  /** Whether it gives rows: a SELECT, or a statement with RETURNING. */
  readonly isQuery: boolean
}

const savepoint: SqlCall = { text: 'SAVEPOINT batch', params: [] }
const release: SqlCall = { text: 'RELEASE batch', params: [] }
const undo: SqlCall = { text: 'ROLLBACK TO batch', params: [] }

/** Changes the text of a statement before it is run; the SQL mutants do. */
export type SqlPatch = (text: string) => string

/** The migrations of the worker, as they are applied in production. */
export function readMigrations(folder = 'packages/sql/migrations/d1'): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
}

/**
 * A real SQLite database, in memory unless it has a file. Successive schedules share it: each begins where the
 * migrations ended, because its writes are rolled back.
 */
export class Sqlite {
  readonly #db: DatabaseSync
  readonly #prepared = new Map<string, Prepared>()
  readonly #patch: SqlPatch

  constructor(migrations: readonly string[], patch: SqlPatch, file = ':memory:') {
    this.#db = new DatabaseSync(file)
    this.#patch = patch
    for (const each of migrations) this.#db.exec(each)
  }

  begin(): void {
    this.#db.exec('BEGIN')
  }

  rollback(): void {
    this.#db.exec('ROLLBACK')
  }

  /** All of the statements, or none. */
  batch(calls: readonly SqlCall[]): readonly SqlResult[] {
    const [only, ...others] = calls
    // One statement is a transaction by itself.
    if (only !== undefined && others.length === 0) return [this.run(only)]
    this.run(savepoint)
    try {
      const results = calls.map((call) => this.run(call))
      this.run(release)
      return results
    } catch (error) {
      this.run(undo)
      this.run(release)
      throw error
    }
  }

  run({ text, params }: SqlCall): SqlResult {
    const { statement, isQuery } = this.#prepare(text)
    const values = params.map(toValue)
    if (!isQuery) return { rows: [], changes: Number(statement.run(...values).changes) }
    return { rows: statement.all(...values), changes: 0 }
  }

  #prepare(text: string): Prepared {
    const known = this.#prepared.get(text)
    if (known !== undefined) return known
    const statement = this.#db.prepare(this.#patch(text))
    const prepared = { statement, isQuery: statement.columns().length > 0 }
    this.#prepared.set(text, prepared)
    return prepared
  }
}

function toValue(value: unknown): SQLInputValue {
  // As D1 does, every number is bound as REAL.
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value
  throw new TypeError(`Cannot bind ${typeof value}: D1 would refuse it`)
}
