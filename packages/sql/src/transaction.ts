import { fail, ok, type Result, type StoreFailure } from '@quayside/core'
import type { Driver, Outcome, PlannedChange, Row, Statement } from './driver.ts'

/** The outcome of a transaction is not known, or it cannot take place; `cause` is the error of the database. */
export type StoreUnavailable = Extract<StoreFailure, { readonly reason: 'store_unavailable' }>

type Outcomes = Result<readonly Outcome[], StoreUnavailable>

/** A transaction that lost against another one begins anew; the other one has finished by then. */
const maxTries = 16

/**
 * Runs statements as one transaction, and once more when the connection is lost: then it is not known whether the
 * transaction took place. Only for statements that may be repeated.
 */
export function runTwice(
  driver: Driver,
  statements: readonly Statement[],
  planned?: PlannedChange,
): Promise<Outcomes> {
  return run(driver, statements, 2, planned)
}

/** Runs statements as one transaction. When the connection is lost, it is not known whether the transaction took place. */
export function runOnce(driver: Driver, statements: readonly Statement[]): Promise<Outcomes> {
  return run(driver, statements, 1)
}

/** Runs statements that may be repeated, and returns nothing of them. */
export async function write(
  driver: Driver,
  statements: readonly Statement[],
): Promise<Result<null, StoreFailure>> {
  const outcomes = await runTwice(driver, statements)
  return outcomes.ok ? ok(null) : outcomes
}

/** Runs statements that may be repeated, and returns what the last one read. */
export async function read<R, T>(
  driver: Driver,
  statements: readonly Statement[],
  toValue: (row: R) => T,
): Promise<Result<readonly T[], StoreFailure>> {
  const outcomes = await runTwice(driver, statements)
  return outcomes.ok ? ok(rowsAt<R>(outcomes.value, -1).map(toValue)) : outcomes
}

/** Returns the rows of one statement of a transaction. */
export function rowsAt<R>(outcomes: readonly Outcome[], index: number): readonly R[] {
  // The statement names the columns, and only checked values are written.
  return (outcomes.at(index)?.rows ?? []) as readonly Row[] as readonly R[]
}

async function run(
  driver: Driver,
  statements: readonly Statement[],
  connections: number,
  planned?: PlannedChange,
): Promise<Outcomes> {
  let lost = 0
  for (let tries = 1; ; tries++) {
    try {
      return ok(await driver.run(statements, planned))
    } catch (cause) {
      const kind = driver.classify(cause)
      if (kind === 'disconnected') lost++
      const isOver = kind === 'refused' || lost === connections || tries === maxTries
      if (isOver) return fail({ reason: 'store_unavailable', cause })
    }
  }
}
