import type {
  D1Database,
  D1DatabaseSession,
  D1PreparedStatement,
  D1Result,
} from '@cloudflare/workers-types'

/** One statement of a batch, as the worker wrote it. */
export interface SqlCall {
  readonly text: string
  readonly params: readonly unknown[]
}

/** What one statement of a batch did. */
export interface SqlResult {
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly changes: number
}

/** Runs statements as one transaction; rejects, as D1 does, when it is unknown whether they were committed. */
export type RunBatch = (calls: readonly SqlCall[]) => Promise<readonly SqlResult[]>

/** Makes the database that the worker is bound to, from a function that runs its batches. */
export function createD1(run: RunBatch): D1Database {
  const prepare = (text: string): D1PreparedStatement => new Statement(run, { text, params: [] })
  const batch = async <T>(statements: D1PreparedStatement[]): Promise<D1Result<T>[]> => {
    const results = await run(statements.map(toCall))
    return results.map((result) => toResult<T>(result))
  }
  const session: D1DatabaseSession = { prepare, batch, getBookmark: () => null }
  return {
    prepare,
    batch,
    withSession: () => session,
    async exec(text) {
      await run([{ text, params: [] }])
      return { count: 1, duration: 0 }
    },
    dump: () => Promise.reject(new TypeError('Cannot dump: this database has no file')),
  }
}

class Statement implements D1PreparedStatement {
  readonly call: SqlCall
  readonly #run: RunBatch

  constructor(run: RunBatch, call: SqlCall) {
    this.#run = run
    this.call = call
  }

  bind(...params: unknown[]): D1PreparedStatement {
    return new Statement(this.#run, { text: this.call.text, params })
  }

  async all<T>(): Promise<D1Result<T>> {
    const [result = { rows: [], changes: 0 }] = await this.#run([this.call])
    return toResult<T>(result)
  }

  run<T>(): Promise<D1Result<T>> {
    return this.all<T>()
  }

  async first<T>(column?: string): Promise<T | null> {
    const row = (await this.all<T>()).results[0] ?? null
    return row === null || column === undefined ? row : Object(row)[column]
  }

  async raw<T>(options?: { readonly columnNames?: boolean }): Promise<[string[], ...T[]]> {
    const { results } = await this.all<object>()
    const rows: [string[], ...T[]] = [Object.keys(results[0] ?? {})]
    for (const row of results) rows.push(Object(Object.values(row)))
    if (options?.columnNames !== true) rows.shift()
    return rows
  }
}

function toCall(statement: D1PreparedStatement): SqlCall {
  if (statement instanceof Statement) return statement.call
  throw new TypeError('Cannot run batch: a statement of another database is in it')
}

function toResult<T>({ rows, changes }: SqlResult): D1Result<T> {
  // The one cast of rows: their shape follows from the query, which the caller wrote.
  const results = rows as readonly unknown[] as T[]
  return { success: true, results, meta: { ...meta, changes, changed_db: changes > 0 } }
}

const meta = {
  duration: 0,
  size_after: 0,
  rows_read: 0,
  rows_written: 0,
  last_row_id: 0,
}
