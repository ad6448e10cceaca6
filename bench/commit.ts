import type { D1Database, D1Result } from '@cloudflare/workers-types'
import { createClient } from '@quayside/client'
import { completion } from '@quayside/hono'
import { createOrderRepository } from '../apps/worker/src/store/orders.ts'
import type { BenchOrder } from './order.ts'
import { impKey, impSecret } from './upstream.ts'

/** The rows that one batch of statements read and wrote, as the database counts them. */
export interface RowCounts {
  readonly rowsRead: number
  readonly rowsWritten: number
}

/** Completes one order through the completion route and the store, and counts the rows of the batch that commits it. */
export async function measureCommit(
  db: D1Database,
  { imp_uid, merchant_uid }: BenchOrder,
  providerUrl: string,
): Promise<RowCounts> {
  const batches: RowCounts[] = []
  const page = 'http://shop.localhost/result'
  const app = completion({
    store: createOrderRepository(watch(db, batches), () => new Date()),
    client: createClient({ key: impKey, secret: impSecret, baseUrl: providerUrl }),
    mode: 'test',
    origins: [],
    pages: { success: page, vbankIssued: page, failed: page, cancelled: page, pending: page },
  })
  const response = await app.request('/payments/complete', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ imp_uid, merchant_uid }),
  })
  if (response.status !== 200) throw new Error(`The order was not completed: ${response.status}`)
  const commits = batches.filter(({ rowsWritten }) => rowsWritten > 0)
  const [commit] = commits
  if (commit === undefined || commits.length > 1) {
    throw new Error(`One commit was expected, there were ${commits.length}`)
  }
  return commit
}

function watch(db: D1Database, batches: RowCounts[]): D1Database {
  const count = <Row>(results: D1Result<Row>[]): D1Result<Row>[] => {
    batches.push({
      rowsRead: results.reduce((sum, { meta }) => sum + meta.rows_read, 0),
      rowsWritten: results.reduce((sum, { meta }) => sum + meta.rows_written, 0),
    })
    return results
  }
  return {
    prepare: (query) => db.prepare(query),
    exec: (query) => db.exec(query),
    dump: () => db.dump(),
    withSession: (constraint) => db.withSession(constraint),
    batch: async <Row>(statements: Parameters<D1Database['batch']>[0]) =>
      count(await db.batch<Row>(statements)),
  }
}
