import { readFileSync } from 'node:fs'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'

// A deployment on this machine, as a process that can be killed: the built worker in workerd, its database
// on the disk, its cron faster than real time. Prints its URL when it is ready.

/** The configuration of the process, as a JSON file. */
export interface Deployment {
  readonly script: string
  readonly persist: string
  readonly migrations: readonly { readonly queries: readonly string[] }[]
  readonly bindings: Readonly<Record<string, string>>
  /** How often a minute of Cloudflare's clock passes; null: only on a request to `/cdn-cgi/local/scheduled`. */
  readonly cronMs: number | null
  /** Whether events are put on a queue as well. It is in memory, so a kill empties it. */
  readonly hasQueue: boolean
}

const [file = ''] = process.argv.slice(2)
const deployment: Deployment = JSON.parse(readFileSync(file, 'utf8'))
const queues = {
  queueProducers: { EVENTS: 'quayside-events' },
  queueConsumers: { 'quayside-events': { maxBatchSize: 6, maxBatchTimeout: 0, maxRetries: 5 } },
}
const miniflare = new Miniflare({
  ...convertV4MiniflareOptions({
    cf: false,
    log: new Log(LogLevel.ERROR),
    logRequests: false,
    handleStructuredLogs: () => undefined,
    workers: [
      {
        name: 'quayside',
        modules: [
          {
            type: 'ESModule',
            path: 'index.mjs',
            contents: readFileSync(deployment.script, 'utf8'),
          },
        ],
        compatibilityDate: '2026-10-01',
        d1Databases: { DB: 'quayside' },
        ...(deployment.hasQueue ? queues : {}),
        bindings: { ...deployment.bindings },
      },
    ],
  }),
  resourcePersistencePath: deployment.persist,
  unsafeTriggerHandlers: true,
})
const url = await miniflare.ready
const db = await miniflare.getD1Database('DB')
const known = await db.prepare("SELECT name FROM sqlite_master WHERE name = 'orders'").first()
if (known === null) {
  const queries = deployment.migrations.flatMap((migration) => migration.queries)
  await db.batch(queries.map((query) => db.prepare(query)))
}
process.stdout.write(`${url.origin}\n`)

if (deployment.cronMs !== null) {
  const worker = await miniflare.getWorker()
  let isCronRunning = false
  setInterval(() => {
    // On a slow machine the runs would pile up.
    if (isCronRunning) return
    isCronRunning = true
    worker
      .scheduled({ cron: '* * * * *' })
      .catch((cause: unknown) => process.stderr.write(`${String(cause)}\n`))
      .finally(() => {
        isCronRunning = false
      })
  }, deployment.cronMs)
}
