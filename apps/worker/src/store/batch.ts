import type { D1Database, D1PreparedStatement, D1Result } from '@cloudflare/workers-types'
import { fail, ok, type Result, type StoreFailure } from '@quayside/core'

type Batch<Row> = Result<D1Result<Row>[], StoreFailure>

/**
 * Runs statements as one transaction, and once more when the response is lost: after "Network connection lost" it is
 * not known whether the transaction took place. Only for statements that may be repeated.
 */
export async function runTwice<Row>(
  db: D1Database,
  statements: readonly D1PreparedStatement[],
): Promise<Batch<Row>> {
  const first = await runOnce<Row>(db, statements)
  return first.ok ? first : runOnce<Row>(db, statements)
}

/** Runs statements as one transaction. When it fails, it is not known whether the transaction took place. */
export async function runOnce<Row>(
  db: D1Database,
  statements: readonly D1PreparedStatement[],
): Promise<Batch<Row>> {
  try {
    return ok(await db.batch<Row>([...statements]))
  } catch (cause) {
    return fail({ reason: 'store_unavailable', cause })
  }
}
