import type { OrderChange } from './order-change.ts'

/** A value that every database binds and returns alike: no boolean, no date, no bigint. */
export type Scalar = string | number | null

/** A value that is bound to a statement: a scalar, a list of ids, or rows. Lists and rows are never empty. */
export type Value = Scalar | readonly string[] | readonly (readonly Scalar[])[]

/** A row by its column names. Integers are safe numbers, everything else is text or null. */
export type Row = Readonly<Record<string, Scalar>>

/** One statement of a transaction. Its text is constant, with the placeholders `?1`, `?2` and so on. */
export interface Statement {
  readonly text: string
  /** What is bound: values, or a function of the rows that the statement in `after` returned. */
  readonly values: readonly Value[] | ((rows: readonly Row[]) => readonly Value[])
  /**
   * A statement before this one in the transaction: this one runs only if that one changed or returned a row. The
   * statements of SQLite say the same in their text, by `changes()`: D1 takes a transaction as a whole.
   */
  readonly after?: Statement
}

/** A change of an order, and the statement that writes it, or finds that it must not. */
export interface PlannedChange {
  readonly change: OrderChange
  readonly by: Statement
}

/** What one statement did. One that did not run changed and returned nothing. */
export interface Outcome {
  readonly rows: readonly Row[]
  readonly changes: number
}

/**
 * What an error of the database says about the transaction:
 * - `conflict`: it was rolled back because of a concurrent one, by a deadlock or a unique index, and may be repeated;
 * - `disconnected`: nothing is known; it may have been committed;
 * - `refused`: it was rolled back, and would be again.
 */
export type ErrorKind = 'conflict' | 'disconnected' | 'refused'

/** The connections to one database. */
export interface Driver {
  /**
   * Runs statements one after another as one transaction. Each reads what was committed before it began, and what was
   * written before it in the transaction. Throws what the database threw; then the transaction was rolled back, unless
   * {@link Driver.classify} says that nothing is known.
   *
   * @param planned The change of an order that the statements may write: the shop is told of it before the end.
   */
  run(statements: readonly Statement[], planned?: PlannedChange): Promise<readonly Outcome[]>
  /** What an error of the database says about the transaction. */
  classify(error: unknown): ErrorKind
}

/** Runs one statement of a transaction. */
export type Execute = (text: string, values: readonly Value[]) => Promise<Outcome>

/** Runs the statements of a transaction, except those whose `after` did nothing. */
export async function runEach(
  statements: readonly Statement[],
  execute: Execute,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<Statement, Outcome>()
  for (const statement of statements) {
    const due = toDue(statement, outcomes)
    outcomes.set(statement, due === null ? nothingDone : await execute(due.text, due.values))
  }
  return [...outcomes.values()]
}

/** A statement with its values, ready to be sent. */
export interface DueStatement {
  readonly text: string
  readonly values: readonly Value[]
}

/** Sends statements together and returns what each did. */
export type Send = (statements: readonly DueStatement[]) => Promise<readonly Outcome[]>

/** The statements that begin and commit a transaction; `commit` is null where something follows before the commit. */
export interface Frame {
  readonly begin: string
  readonly commit: string | null
}

/**
 * Runs the statements of a transaction like {@link runEach}, and sends together what can be: a statement waits only for the
 * one in its `after`. The transaction begins with the first and is committed with the last.
 *
 * @param frame Null for one statement, which needs no transaction.
 */
export async function runTogether(
  statements: readonly Statement[],
  frame: Frame | null,
  send: Send,
): Promise<readonly Outcome[]> {
  const outcomes = new Map<Statement, Outcome>()
  let next = 0
  while (next < statements.length) {
    const from = next
    const sent: (readonly [Statement, DueStatement])[] = []
    for (const statement of statements.slice(from)) {
      const { after } = statement
      if (after !== undefined && sent.some(([each]) => each === after)) break
      const due = toDue(statement, outcomes)
      if (due === null) outcomes.set(statement, nothingDone)
      else sent.push([statement, due])
      next++
    }
    const begin = frame === null || from > 0 ? [] : [{ text: frame.begin, values: [] }]
    const end = next < statements.length ? null : (frame?.commit ?? null)
    const commit = end === null ? [] : [{ text: end, values: [] }]
    const done = await send([...begin, ...sent.map(([, due]) => due), ...commit])
    for (const [index, [statement]] of sent.entries()) {
      outcomes.set(statement, done[begin.length + index] ?? nothingDone)
    }
  }
  return statements.map((statement) => outcomes.get(statement) ?? nothingDone)
}

/** Returns what is to be sent; null when the statement in `after` did nothing. */
function toDue(
  { text, values, after }: Statement,
  outcomes: ReadonlyMap<Statement, Outcome>,
): DueStatement | null {
  const before = after && (outcomes.get(after) ?? nothingDone)
  if (before !== undefined && !isHit(before)) return null
  return { text, values: typeof values === 'function' ? values(before?.rows ?? []) : values }
}

/** Whether a statement returned or changed a row. */
export function isHit({ rows, changes }: Outcome): boolean {
  return rows.length > 0 || changes > 0
}

const nothingDone: Outcome = { rows: [], changes: 0 }

/**
 * Returns text as every database stores it. PostgreSQL stores no NUL, and no database a lone surrogate; the replacement
 * character is what an encoder writes for the latter anyway.
 */
export function toStorable(text: string): string {
  // Nearly every text is, and finding this out takes a third of the time.
  if (text.isWellFormed() && !text.includes('\0')) return text
  return text.toWellFormed().replaceAll('\0', '\u{fffd}')
}

/** Whether the database can have stored this text as an id. */
export function isStorable(id: string): boolean {
  return toStorable(id) === id
}
