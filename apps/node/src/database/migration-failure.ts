import { fail, type Result } from '@quayside/core'
import type { MigrationFailure } from '@quayside/sql'
import type { DatabaseFailure, Refusal } from './failure.ts'

/** Names the cause of a failed migration as that of any other call. */
export function withRefusal<T>(
  result: Result<T, MigrationFailure>,
  toRefusal: (cause: unknown) => Refusal,
): Result<T, DatabaseFailure> {
  if (result.ok) return result
  const { failure } = result
  return failure.reason === 'migration_failed' ? fail(toRefusal(failure.cause)) : fail(failure)
}
