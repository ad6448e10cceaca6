import type { Env } from 'cloudflare:workers'
import type { MessageBatch } from '@cloudflare/workers-types'
import { createWorker, type Worker } from '../../../../apps/worker/src/worker.ts'
import { createInvocations, type Invocations } from '../../platform/environment/invocation.ts'
import { planLimits } from '../../platform/environment/limits.ts'
import { createNetwork, type Peer } from '../../platform/environment/network.ts'
import { createTime, type SimulatedTime } from '../../platform/environment/time.ts'
import { makeCryptoPrompt } from '../../worker/bindings/crypto.ts'
import { createD1 } from '../../worker/bindings/d1.ts'
import { readMigrations, Sqlite } from '../../worker/bindings/sqlite.ts'
import { eventUrl, settings } from '../../worker/settings.ts'
import { createChargingProvider, type TimedCharges } from './charging-provider.ts'
import { createConcurrentQueue } from './concurrent-queue.ts'
import { figures } from './platform-figures.ts'

/** What is simulated. */
export interface HourOptions {
  /** Subscriptions that are due at once. */
  readonly charges: number
  /** How long a card company takes for one charge. */
  readonly providerMs: number
  /** `max_concurrency` of the queue of charges. */
  readonly maxConcurrency: number
}

/** What the worker did to its surroundings. */
export interface HourUsage {
  statements: number
  deliveredEvents: number
  /** When the last event was delivered. */
  lastEventAt: number
}

/** The worker, and a platform that has what Cloudflare publishes. */
export interface HourPlatform {
  readonly worker: Worker
  readonly time: SimulatedTime
  readonly sqlite: Sqlite
  readonly invocations: Invocations
  readonly usage: HourUsage
  readonly charged: () => TimedCharges
}

const testSettings: Readonly<Record<string, string>> = { ...settings, MODE: 'test' }

/** Makes the platform at a time, with an empty database. */
export function createHourPlatform(options: HourOptions, startMs: number): HourPlatform {
  makeCryptoPrompt()
  const time = createTime(startMs)
  const { clock } = time
  const sqlite = new Sqlite(readMigrations(), (text) => text)
  const invocations = createInvocations(planLimits.paid, clock)
  const usage: HourUsage = { statements: 0, deliveredEvents: 0, lastEventAt: startMs }
  const provider = createChargingProvider(clock, options.providerMs)
  const receiver = createCountingReceiver(time, usage)
  const now = () => new Date(clock.ms)
  const consume = (batch: MessageBatch) => invocations.run('queue', () => worker.consume(batch))
  const worker = createWorker(
    {
      ...testSettings,
      DB: createSerialDatabase(sqlite, time, invocations, usage),
      ...createQueues(options.maxConcurrency, invocations, now, consume),
    },
    {
      fetch: createNetwork((url) => (url === eventUrl ? receiver : provider), invocations, time),
      now,
      random: () => 0.5,
      sleep: time.sleep,
      waitUntil: () => undefined,
      write: () => undefined,
    },
  )
  return { worker, time, sqlite, invocations, usage, charged: () => provider.charged() }
}

/** One database, which runs one statement after another, some milliseconds away. */
function createSerialDatabase(
  sqlite: Sqlite,
  { clock, sleep }: SimulatedTime,
  { countStatements }: Invocations,
  usage: HourUsage,
): Env['DB'] {
  let freeAt = 0
  return createD1(async (calls) => {
    countStatements(calls.length)
    usage.statements += calls.length
    const arrivesAt = clock.ms + figures.databaseMs
    freeAt = Math.max(arrivesAt, freeAt) + calls.length * figures.statementMs
    await sleep(freeAt - clock.ms)
    return sqlite.batch(calls)
  })
}

function createQueues(
  maxConcurrency: number,
  { countRequest }: Invocations,
  now: () => Date,
  consume: (batch: MessageBatch) => Promise<void>,
): Pick<Env, 'EVENTS' | 'CHARGES'> {
  const sent = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
  const events = createConcurrentQueue({
    maxBatchSize: figures.eventsPerBatch,
    maxConcurrency: figures.maxConcurrency,
    now,
    consume,
  })
  const charges = createConcurrentQueue({ maxBatchSize: 1, maxConcurrency, now, consume })
  return {
    EVENTS: {
      async send(body) {
        countRequest()
        events.push([body])
        return sent
      },
    },
    CHARGES: {
      async sendBatch(messages) {
        countRequest()
        charges.push([...messages].map(({ body }) => body))
        return sent
      },
    },
  }
}

function createCountingReceiver({ clock }: SimulatedTime, usage: HourUsage): Peer {
  return {
    latencyMs: () => figures.receiverMs,
    respond() {
      usage.deliveredEvents += 1
      usage.lastEventAt = clock.ms
      return { status: 204, text: '' }
    },
  }
}
