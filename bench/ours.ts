import { readdirSync, readFileSync } from 'node:fs'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } from 'wrangler'
import type { BenchOrder, OrderState } from './order.ts'
import type { Subject } from './subject.ts'
import { impKey, impSecret } from './upstream.ts'

/** The local database of the worker. */
export type LocalDatabase = Awaited<ReturnType<Miniflare['getD1Database']>>

/** The worker and its database. */
export interface Ours extends Subject {
  readonly db: LocalDatabase
}

const name = 'quayside'
const ordersPerStatement = 1000

/** Starts the bundled worker on workerd with a local D1, configured by wrangler.toml. */
export async function startOurs(script: string, providerUrl: string): Promise<Ours> {
  const miniflare = new Miniflare(toOptions(script, providerUrl))
  const db = await miniflare.getD1Database('DB', name)
  await migrate(db)
  // Directly to workerd: Miniflare's entry, a proxy in Node, would be measured too.
  const url = await miniflare.unsafeGetDirectURL(name)
  return {
    name: 'ours',
    url: url.origin,
    db,
    open: (orders) => open(db, orders),
    readOrderStates: () => readOrderStates(db),
    stop: () => miniflare.dispose(),
  }
}

function toOptions(script: string, providerUrl: string) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions('wrangler.toml')
  return convertV4MiniflareOptions({
    cf: false,
    log: new Log(LogLevel.ERROR),
    logRequests: false,
    // The worker still writes its log lines; they are only not shown.
    handleStructuredLogs: () => undefined,
    workers: [
      {
        ...workerOptions,
        name,
        modules: [{ type: 'ESModule', path: 'index.mjs', contents: script }],
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
        bindings: toSettings(providerUrl),
      },
    ],
  })
}

function toSettings(providerUrl: string): Record<string, string> {
  return {
    MODE: 'test',
    PROVIDER_URL: providerUrl,
    IMP_KEY: impKey,
    IMP_SECRET: impSecret,
    MERCHANT_API_KEY: 'bench-merchant-key',
    ORDER_TOKEN_SECRET: 'bench-order-token-secret',
    SHOP_ORIGINS: 'http://shop.localhost',
    RESULT_PAGES: 'http://shop.localhost/result',
    EVENT_URL: 'http://shop.localhost/events',
    EVENT_SECRETS: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgYmVuY2gsIGFsbCBvZiBpdA==',
  }
}

async function migrate(db: LocalDatabase): Promise<void> {
  const folder = 'apps/worker/migrations'
  for (const file of readdirSync(folder).sort()) {
    for (const statement of unstable_splitSqlQuery(readFileSync(`${folder}/${file}`, 'utf8'))) {
      await db.prepare(statement).run()
    }
  }
}

async function open(db: LocalDatabase, orders: readonly BenchOrder[]): Promise<void> {
  const insert = db.prepare(`INSERT INTO orders
    (merchant_uid, amount, currency, allowances, policy_late, policy_stray, status, cancelled, sequence,
      created_at, updated_at)
    SELECT value ->> 'merchant_uid', value ->> 'amount', 'KRW', '[]', 'report', 'report', 'pending', 0, 0,
      ?2, ?2
    FROM json_each(?1)`)
  for (let from = 0; from < orders.length; from += ordersPerStatement) {
    const some = orders.slice(from, from + ordersPerStatement)
    await insert.bind(JSON.stringify(some), Date.now()).run()
  }
}

async function readOrderStates(db: LocalDatabase): Promise<readonly OrderState[]> {
  const { results } = await db
    .prepare(`SELECT orders.merchant_uid, orders.imp_uid, orders.status, count(outbox.id) AS events
      FROM orders LEFT JOIN outbox USING (merchant_uid) GROUP BY orders.merchant_uid`)
    .all<OrderState>()
  return results
}
