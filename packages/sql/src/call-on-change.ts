import type { Sleep } from '@quayside/server'
import {
  type ErrorKind,
  isHit,
  type Outcome,
  type PlannedChange,
  type Statement,
} from './driver.ts'
import type { OnChange, OrderChange } from './order-change.ts'

/** Who is told of changes, and the timer that bounds it. */
export interface Listener<Connection> {
  readonly onChange: OnChange<Connection>
  readonly sleep: Sleep
}

/** The order is locked meanwhile, and a buyer waits for the response. */
export const onChangeLimitMs = 5_000

export const savepoint = 'SAVEPOINT quayside_change'
export const release = 'RELEASE SAVEPOINT quayside_change'

/** `onChange` threw, or took too long. */
export class OnChangeError extends Error {
  override readonly name = 'OnChangeError'
  /** False when it may still be using the connection. */
  readonly isSettled: boolean

  constructor(message: string, isSettled: boolean, options?: ErrorOptions) {
    super(message, options)
    this.isSettled = isSettled
  }
}

/** Returns the planned change if the statements have written it, otherwise null. */
export function toWritten(
  planned: PlannedChange | undefined,
  statements: readonly Statement[],
  outcomes: readonly Outcome[],
): OrderChange | null {
  if (planned === undefined) return null
  const outcome = outcomes[statements.indexOf(planned.by)]
  return outcome !== undefined && isHit(outcome) ? planned.change : null
}

/**
 * Calls `onChange`, and throws what it threw in an {@link OnChangeError}.
 *
 * @param query Runs a statement without values on the connection.
 * @param begin The savepoint, and what else belongs before the call.
 */
export async function callOnChange<Connection>(
  { onChange, sleep }: Listener<Connection>,
  change: OrderChange,
  connection: Connection,
  query: (text: string) => Promise<unknown>,
  begin: string = savepoint,
): Promise<void> {
  await query(begin)
  const timer = new AbortController()
  try {
    const isOver = await Promise.race([
      settle(() => onChange(change, connection)).then(() => false),
      sleep(onChangeLimitMs, timer.signal).then(() => true),
    ])
    if (isOver) throw new OnChangeError(`onChange took longer than ${onChangeLimitMs} ms`, false)
  } finally {
    timer.abort()
  }
  // Where `onChange` has ended the transaction, or has caught an error that rolled it back, the savepoint is gone and this
  // throws. A COMMIT alone would report success.
  await query(release)
}

async function settle(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    throw new OnChangeError('onChange failed', true, { cause })
  }
}

/** Libraries put the error of the driver into the cause of their own. */
const maxCauses = 5

/**
 * Classifies what `onChange` threw: as the first error of the database among its causes, otherwise as refused.
 *
 * @param classify Classifies an error of the database; null for any other.
 */
export function classifyOnChange(
  error: OnChangeError,
  classify: (cause: unknown) => ErrorKind | null,
): ErrorKind {
  let cause = error.cause
  for (let depth = 0; depth < maxCauses && cause instanceof Error; depth++) {
    const kind = classify(cause)
    if (kind !== null) return kind
    cause = cause.cause
  }
  return 'refused'
}
