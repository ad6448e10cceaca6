import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { OnChangeError, release, savepoint, toWritten } from '../call-on-change.ts'
import {
  type Driver,
  type Outcome,
  type PlannedChange,
  type Row,
  type Scalar,
  type Statement,
  type Value,
} from '../driver.ts'
import type { OrderChange } from '../order-change.ts'
import { toBound } from './to-bound.ts'

/**
 * An {@link OnChange} on SQLite, where a transaction waits for nothing: it must not return a promise. It has no limit of
 * time, and blocks the process.
 */
export type OnSqliteChange = (change: OrderChange, database: DatabaseSync) => undefined

/** How many transactions share a commit at most: the event loop does nothing else meanwhile. */
const maxTransactionsPerCommit = 64

/** A transaction that waits for its turn, and whoever waits for it. */
interface Waiting {
  readonly statements: readonly Statement[]
  readonly planned: PlannedChange | undefined
  readonly resolve: (outcomes: readonly Outcome[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * Makes a driver of Node's own SQLite. What arrives within one turn of the event loop is committed together, because a
 * commit waits for the disk; each call returns after the commit. A transaction runs from begin to end without waiting, so
 * that the transactions of one connection do not meet; those of other processes wait for the `timeout` of the database.
 *
 * @param defer Runs a commit later, when what arrives meanwhile shall share it.
 */
export function createSqliteDriver(
  database: DatabaseSync,
  onChange?: OnSqliteChange,
  defer: (commit: () => void) => void = setImmediate,
): Driver {
  const execute = createExecute(database)
  const waiting: Waiting[] = []

  const runAll = (statements: readonly Statement[]): readonly Outcome[] =>
    statements.map(({ text, values }) =>
      execute(text, typeof values === 'function' ? values([]) : values),
    )
  const tell = ({ statements, planned }: Waiting, outcomes: readonly Outcome[]): void => {
    const change = toWritten(planned, statements, outcomes)
    if (onChange === undefined || change === null) return
    execute(savepoint, [])
    callOnChange(() => onChange(change, database))
    execute(release, [])
  }
  /** Returns how to answer the transaction after the commit. */
  const runDirectly = (each: Waiting): (() => void) => {
    const outcomes = runAll(each.statements)
    tell(each, outcomes)
    return () => each.resolve(outcomes)
  }
  /** The same, but its error undoes nothing of the others: SQLite copies each page before it is changed. */
  const runInSavepoint = (each: Waiting): (() => void) => {
    execute('SAVEPOINT quayside', [])
    try {
      const answer = runDirectly(each)
      execute('RELEASE quayside', [])
      return answer
    } catch (error) {
      // Some errors, such as a full disk, end the whole transaction.
      if (!database.isTransaction) throw error
      execute('ROLLBACK TO quayside', [])
      execute('RELEASE quayside', [])
      return () => each.reject(error)
    }
  }
  const runGroup = (group: readonly Waiting[]): readonly (() => void)[] => {
    try {
      return group.map(runDirectly)
    } catch (error) {
      if (group.length === 1 || !database.isTransaction) throw error
      execute('ROLLBACK', [])
      execute('BEGIN IMMEDIATE', [])
      return group.map(runInSavepoint)
    }
  }
  const commitTogether = (group: readonly Waiting[]): void => {
    try {
      refuseOpenTransaction(database)
    } catch (error) {
      for (const { reject } of group) reject(error)
      return
    }
    try {
      execute('BEGIN IMMEDIATE', [])
      const answers = runGroup(group)
      execute('COMMIT', [])
      for (const answer of answers) answer()
    } catch (error) {
      if (database.isTransaction) execute('ROLLBACK', [])
      for (const { reject } of group) reject(error)
    }
  }
  const commitWaiting = (): void => {
    commitTogether(waiting.splice(0, maxTransactionsPerCommit))
    if (waiting.length > 0) defer(commitWaiting)
  }

  const readNow = async (statements: readonly Statement[]): Promise<readonly Outcome[]> => {
    refuseOpenTransaction(database)
    return runAll(statements)
  }

  return {
    run(statements, planned) {
      const [first] = statements
      if (statements.length === 1 && first !== undefined && isRead(first.text)) {
        return readNow(statements)
      }
      return new Promise((resolve, reject) => {
        waiting.push({ statements, planned, resolve, reject })
        if (waiting.length === 1) defer(commitWaiting)
      })
    },
    // There is no connection to lose, and for another process the database itself has waited.
    classify: () => 'refused',
  }
}

function callOnChange(work: () => unknown): void {
  try {
    const result = work()
    // JavaScript, and a cast, may return one all the same: what it does later would be outside of the transaction.
    if (result instanceof Promise) throw new TypeError('onChange must not return a promise')
  } catch (cause) {
    throw new OnChangeError('onChange failed', true, { cause })
  }
}

type Execute = (text: string, values: readonly Value[]) => Outcome

/** A compiled statement; one that returns no rows has no columns. */
interface Prepared {
  readonly statement: StatementSync
  readonly columns: readonly string[]
}

/** Each text is compiled once. */
function createExecute(database: DatabaseSync): Execute {
  const prepared = new Map<string, Prepared>()
  const prepare = (text: string): Prepared => {
    const known = prepared.get(text)
    if (known !== undefined) return known
    const statement = database.prepare(text)
    // Arrays, because what it returns otherwise has no prototype, and its copy takes longer than the query.
    statement.setReturnArrays(true)
    const made = { statement, columns: statement.columns().map(({ name }) => name) }
    prepared.set(text, made)
    return made
  }
  return (text, values) => {
    const { statement, columns } = prepare(text)
    const bound = values.map(toBound)
    if (columns.length === 0) return { rows: [], changes: Number(statement.run(...bound).changes) }
    // The columns are declared in STRICT tables, so that a row has no other values.
    const rows = statement.all(...bound) as unknown as readonly (readonly Scalar[])[]
    return { rows: rows.map((row) => toRow(columns, row)), changes: 0 }
  }
}

function toRow(columns: readonly string[], values: readonly Scalar[]): Row {
  const row: Record<string, Scalar> = {}
  for (const [index, column] of columns.entries()) row[column] = values[index] ?? null
  return row
}

/** What the caller has not committed may yet be rolled back, and is nothing to read or to commit here. */
function refuseOpenTransaction(database: DatabaseSync): void {
  if (database.isTransaction) throw new Error('The caller has a transaction open on the connection')
}

/** A statement that reads needs no commit, and sees only what is committed. */
function isRead(text: string): boolean {
  return text.startsWith('SELECT')
}
