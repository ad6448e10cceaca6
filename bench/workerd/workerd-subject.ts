import { readdirSync, readFileSync } from 'node:fs'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } from 'wrangler'
import type { NodeSubject } from '../node/node-subject.ts'
import type { BenchOrder, OrderState } from '../order.ts'
import { toSettings } from '../settings.ts'
import { findWorkerds, pinToCore, readProcessorTime } from './workerd-process.ts'

/** The local database of a worker. */
export type LocalDatabase = Awaited<ReturnType<Miniflare['getD1Database']>>

/** A worker in a workerd of its own, with a database that has no tables yet. */
export interface Workerd {
  readonly url: string
  readonly db: LocalDatabase
  /** The processor time that its process has used, in microseconds. */
  readCpuTime(): Promise<number>
  stop(): Promise<void>
}

/** A payment server on workerd. */
export interface WorkerdSubject extends NodeSubject {
  readonly db: LocalDatabase
}

/** What a worker is started with. */
export interface WorkerdOptions {
  /** The bundled worker. */
  readonly script: string
  readonly providerUrl: string
  readonly core: number | null
}

const name = 'quayside'
const ordersPerStatement = 1000

/** Starts a bundled worker on workerd with a local D1, configured by wrangler.toml. */
export async function startWorkerd({
  script,
  providerUrl,
  core,
}: WorkerdOptions): Promise<Workerd> {
  const before = findWorkerds()
  const miniflare = new Miniflare(toOptions(script, providerUrl))
  try {
    await miniflare.ready
  } catch (error) {
    // What has started of it would keep this program running.
    await miniflare.dispose().catch(() => undefined)
    throw error
  }
  const pid = findWorkerds().find((each) => !before.includes(each)) ?? null
  pinToCore(pid, core)
  // Directly to workerd: Miniflare's entry, a proxy in Node, would be measured too.
  const url = await miniflare.unsafeGetDirectURL(name)
  return {
    url: url.origin,
    db: await miniflare.getD1Database('DB', name),
    readCpuTime: async () => readProcessorTime(pid),
    stop: () => miniflare.dispose(),
  }
}

/** Starts a payment server on workerd, with the tables of the store. */
export async function startWorkerdSubject(
  subject: WorkerdSubject['name'],
  options: WorkerdOptions,
): Promise<WorkerdSubject> {
  const workerd = await startWorkerd(options)
  const { db } = workerd
  await migrate(db)
  return {
    ...workerd,
    name: subject,
    open: (orders) => open(db, orders),
    readOrderStates: () => readOrderStates(db),
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
        // The queue would deliver events in the same process while completions are measured.
        queueProducers: {},
        queueConsumers: {},
        modules: [{ type: 'ESModule', path: 'index.mjs', contents: script }],
        unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
        bindings: toSettings(providerUrl),
      },
    ],
  })
}

async function migrate(db: LocalDatabase): Promise<void> {
  const folder = 'packages/sql/migrations/d1'
  for (const file of readdirSync(folder).sort()) {
    for (const statement of unstable_splitSqlQuery(readFileSync(`${folder}/${file}`, 'utf8'))) {
      await db.prepare(statement).run()
    }
  }
}

async function open(db: LocalDatabase, orders: readonly BenchOrder[]): Promise<void> {
  const insert = db.prepare(`INSERT INTO orders
    (merchant_uid, amount, currency, allowances, policy_late, policy_unmatched, status, cancelled, sequence,
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
