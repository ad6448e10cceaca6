import type { D1Database, D1Result } from '@cloudflare/workers-types'
import { createClient } from '@quayside/client'
import { completion } from '@quayside/hono'
import { createD1Store } from '@quayside/sql/d1'
import type { BenchOrder } from '../order.ts'
import { impKey, impSecret } from '../upstream.ts'
import { createFloor } from './floor.ts'

/** What requests cost at the database, as it counts them itself. */
export interface Counts {
  /** Calls of the database; each is one batch. */
  readonly roundTrips: number
  readonly statements: number
  readonly rowsRead: number
  readonly rowsWritten: number
}

/** The counts of single requests. */
export interface RequestCounts {
  readonly ours: Counts
  readonly floor: Counts
  /** One webhook of an order that is paid. */
  readonly duplicate: Counts
  /** One webhook of an order that does not exist. */
  readonly unknown: Counts
}

/** A recorder of what passes through it to a database. */
interface Watched {
  readonly db: D1Database
  /** The texts of the statements since the previous `take`, and their counts. */
  take(): { readonly texts: readonly string[]; readonly counts: Counts }
}

interface App {
  request(path: string, init: RequestInit, env: object): Response | Promise<Response>
}

/**
 * Sends single requests to the completion routes with the store, and to the bare worker, each here with a recorder between it
 * and the local D1. Throws when the two complete an order by different statements: then they must not be compared.
 */
export async function countRequests(
  db: D1Database,
  [ours, floor]: readonly [BenchOrder, BenchOrder],
  providerUrl: string,
): Promise<RequestCounts> {
  const watched = watch(db)
  const env = {
    DB: watched.db,
    PROVIDER_URL: providerUrl,
    IMP_KEY: impKey,
    IMP_SECRET: impSecret,
  }
  const app = createOurs(watched.db, providerUrl)
  const send = async (to: App, path: string, body: object, status: number) => {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await to.request(`/payments/${path}`, init, env)
    if (response.status !== status) throw new Error(`${path} responded ${response.status}`)
    return watched.take()
  }
  const byOurs = await send(app, 'complete', toIds(ours), 200)
  const byFloor = await send(createFloor(), 'complete', toIds(floor), 200)
  if (byOurs.texts.join('\n') !== byFloor.texts.join('\n')) {
    throw new Error('The bare worker does not execute the statements of the store')
  }
  const duplicate = await send(app, 'webhook', { ...toIds(ours), status: 'paid' }, 200)
  const strange = { imp_uid: 'imp_unknown', merchant_uid: 'order-unknown', status: 'paid' }
  const unknown = await send(app, 'webhook', strange, 503)
  return {
    ours: byOurs.counts,
    floor: byFloor.counts,
    duplicate: duplicate.counts,
    unknown: unknown.counts,
  }
}

function createOurs(db: D1Database, providerUrl: string): App {
  const page = 'http://shop.localhost/result'
  return completion({
    store: createD1Store(db).orders,
    client: createClient({ key: impKey, secret: impSecret, baseUrl: providerUrl }),
    mode: 'test',
    origins: [],
    pages: { success: page, vbankIssued: page, failed: page, cancelled: page, pending: page },
  })
}

function toIds({ imp_uid, merchant_uid }: BenchOrder) {
  return { imp_uid, merchant_uid }
}

function watch(db: D1Database): Watched {
  let texts: string[] = []
  let results: (readonly D1Result[])[] = []
  const sum = (of: (meta: D1Result['meta']) => number) =>
    results.flat().reduce((total, { meta }) => total + of(meta), 0)
  return {
    db: {
      exec: (query) => db.exec(query),
      dump: () => db.dump(),
      withSession: (constraint) => db.withSession(constraint),
      prepare(text) {
        texts.push(text)
        return db.prepare(text)
      },
      async batch<Row>(statements: Parameters<D1Database['batch']>[0]) {
        const received = await db.batch<Row>(statements)
        results.push(received)
        return received
      },
    },
    take() {
      const counts = {
        roundTrips: results.length,
        statements: results.flat().length,
        rowsRead: sum(({ rows_read }) => rows_read),
        rowsWritten: sum(({ rows_written }) => rows_written),
      }
      const taken = { texts, counts }
      texts = []
      results = []
      return taken
    },
  }
}
