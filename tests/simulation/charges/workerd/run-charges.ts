import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readD1Migrations } from '@cloudflare/vitest-plugin'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { eventUrl, everyMinute, settings } from '../../worker/settings.ts'
import { copyStatements, createRequest } from '../due-subscriptions.ts'
import type { Measured } from './measure.ts'

/** How much is run. */
export interface ChargesOptions {
  /** Subscriptions that are due at once. */
  readonly charges: number
  /** How long the provider takes to answer a charge. */
  readonly providerMs: number
}

/** What was seen in a run. */
export interface ChargesResult extends Measured {
  readonly options: ChargesOptions
  /** Subscriptions whose first period is booked. */
  readonly booked: number
  /** How often the cron trigger ran. */
  readonly minutes: number
  readonly seconds: number
}

const folder = '.cache/simulation'
/** So many runs of the jobs without a booked period end the run. */
const patience = 30
const pollMs = 100
/** Nothing takes so long; a queue of this machine has lost its messages then. */
const maxSilenceMs = 120_000

/** Charges so many subscriptions on workerd, with a minute as short as its work. */
export async function runCharges(
  options: ChargesOptions,
  onMinute: (booked: number) => void = () => undefined,
): Promise<ChargesResult> {
  const files = mkdtempSync(join(folder, 'charges-'))
  const miniflare = await start(options, files)
  try {
    const db = await miniflare.getD1Database('DB')
    await insertDue(miniflare, options.charges)
    const worker = await miniflare.getWorker()
    const text = "SELECT count(*) AS n FROM subscriptions WHERE status = 'active'"
    const countBooked = async () => Number((await db.prepare(text).first<{ n: number }>())?.n)
    const since = performance.now()
    let minutes = 0
    let [booked, lastProgress] = [0, 0]
    for (; booked < options.charges && minutes < lastProgress + patience; minutes++) {
      await worker.scheduled({ cron: everyMinute })
      await untilIdle(miniflare)
      const now = await countBooked()
      if (now > booked) lastProgress = minutes
      booked = now
      onMinute(booked)
    }
    const seconds = (performance.now() - since) / 1_000
    const measured = await readMeasured(miniflare)
    return { ...measured, options, booked, minutes, seconds }
  } finally {
    await miniflare.dispose()
    rmSync(files, { recursive: true, force: true })
  }
}

/** Without the queue of events: its messages would be delivered in the process whose charges are measured. */
async function start({ providerMs }: ChargesOptions, files: string) {
  const script = join(files, 'worker.mjs')
  await build({
    entryPoints: ['tests/simulation/charges/workerd/measured-worker.ts'],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'import'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  })
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
            { type: 'ESModule', path: 'worker.mjs', contents: readFileSync(script, 'utf8') },
          ],
          compatibilityDate: '2026-10-01',
          d1Databases: { DB: 'quayside' },
          queueProducers: { CHARGES: 'quayside-charges' },
          queueConsumers: {
            'quayside-charges': { maxBatchSize: 1, maxBatchTimeout: 0, maxRetries: 0 },
          },
          bindings: {
            ...settings,
            MODE: 'test',
            EVENT_URL: eventUrl,
            PROVIDER_MS: String(providerMs),
          },
        },
      ],
    }),
    resourcePersistencePath: join(files, 'd1'),
  })
  await miniflare.ready
  const db = await miniflare.getD1Database('DB')
  const migrations = await readD1Migrations('packages/sql/migrations/d1')
  await db.batch(migrations.flatMap(({ queries }) => queries.map((query) => db.prepare(query))))
  return miniflare
}

async function insertDue(miniflare: Miniflare, charges: number): Promise<void> {
  const url = 'http://quayside.localhost/subscriptions'
  const created = await miniflare.dispatchFetch(url, createRequest)
  if (created.status !== 201) throw new Error(await created.text())
  const db = await miniflare.getD1Database('DB')
  for (const text of copyStatements(charges)) await db.prepare(text).run()
}

/** Waits until each message that asked for a run has had it. */
async function untilIdle(miniflare: Miniflare): Promise<void> {
  let before = -1
  let since = performance.now()
  for (;;) {
    const { asked, totals } = await readMeasured(miniflare)
    const { invocations } = totals.charges
    if (invocations >= asked) return
    if (invocations !== before) since = performance.now()
    before = invocations
    if (performance.now() - since > maxSilenceMs) return
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

async function readMeasured(miniflare: Miniflare): Promise<Measured> {
  const response = await miniflare.dispatchFetch('http://quayside.localhost/measured')
  return (await response.json()) as Measured
}
