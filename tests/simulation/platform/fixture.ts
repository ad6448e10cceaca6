import { createWorker, type Worker } from '../../../apps/worker/src/worker.ts'
import { dayMs, minuteMs } from '../engine/clock.ts'
import { createPrng, type Prng } from '../engine/prng.ts'
import { makeCryptoPrompt } from '../worker/bindings/crypto.ts'
import { toBinding } from '../worker/bindings/queue.ts'
import { readMigrations, Sqlite } from '../worker/bindings/sqlite.ts'
import { eventUrl, settings } from '../worker/settings.ts'
import { createDatabase, type DatabaseUsage } from './environment/database.ts'
import { type Deployment, isDue, readDeployment } from './environment/deployment.ts'
import {
  createInvocations,
  type InvocationKind,
  type Invocations,
} from './environment/invocation.ts'
import { maxInvocationMs, type Plan, planLimits } from './environment/limits.ts'
import { createNetwork } from './environment/network.ts'
import { createBatchQueue } from './environment/queue.ts'
import { createReceiver, type ReceivedEvent, type Receiver } from './environment/receiver.ts'
import { createTime, type SimulatedTime } from './environment/time.ts'
import { createVolumeProvider, type VolumeProvider } from './provider/volume-provider.ts'

export interface FixtureOptions {
  readonly plan: Plan
  readonly seed: number
  /** The file of the database; in memory by default. */
  readonly file?: string
  /** How long each call of the provider takes. */
  readonly providerLatencyMs?: number
  /** Whether events are queued as they are written; true by default. Without a queue a sweep sends them. */
  readonly hasQueue?: boolean
  /** When the clock starts: by default at noon in Seoul. */
  readonly startMs?: number
  readonly onEvent?: (event: ReceivedEvent) => void
}

/** The whole worker on a platform with its limits, between a provider and a merchant. */
export interface Fixture {
  readonly time: SimulatedTime
  readonly prng: Prng
  readonly sqlite: Sqlite
  readonly provider: VolumeProvider
  readonly receiver: Receiver
  readonly invocations: Invocations
  readonly usage: DatabaseUsage
  /** The lines of the log about errors that nothing expects. */
  readonly errorLines: readonly string[]
  /** Sends a request to the worker. */
  readonly request: (request: Request) => Promise<Response>
  /** The clock moves to the next minute, and the triggers of that minute fire. */
  readonly minute: () => Promise<void>
  /** As many minutes, one after the other, or fewer once `isDone`. */
  readonly minutes: (count: number, isDone?: () => boolean | Promise<boolean>) => Promise<number>
  /** Delivers the messages of the queue, until none is ready. */
  readonly drainQueue: () => Promise<void>
}

/** 2026-12-01, noon in Seoul. */
const noonMs = Date.UTC(2026, 11, 1, 3)
const isErrorLine = /"event":"(?:internal|job_failed|configuration)"/

/** Makes a fixture without orders. */
export function createFixture(options: FixtureOptions): Fixture {
  makeCryptoPrompt()
  const { plan, seed, onEvent = () => undefined } = options
  const time = createTime(options.startMs ?? noonMs)
  const { clock } = time
  const sqlite = new Sqlite(readMigrations(), (text) => text, options.file)
  const invocations = createInvocations(planLimits[plan], clock)
  const usage: DatabaseUsage = { statements: 0, rowsReturned: 0, rowsWritten: 0 }
  const provider = createVolumeProvider(clock, options.providerLatencyMs)
  const receiver = createReceiver(clock, onEvent)
  const queue = createBatchQueue(clock)
  const prng = createPrng(seed)
  const errorLines: string[] = []
  const afterwards = new Set<Promise<unknown>>()
  const peerOf = (url: string) => (url === eventUrl ? receiver : provider)
  const events = toBinding(async (body) => {
    invocations.countRequest()
    queue.push(body)
  })
  const worker = createWorker(
    {
      ...settingsOf(plan),
      DB: createDatabase(sqlite, invocations, usage),
      ...(options.hasQueue === false ? {} : { EVENTS: events }),
    },
    {
      fetch: createNetwork(peerOf, invocations, time),
      now: () => new Date(clock.ms),
      random: () => prng.below(16) / 16,
      sleep: time.sleep,
      waitUntil: (work) => {
        const tracked = work.finally(() => afterwards.delete(tracked))
        afterwards.add(tracked)
      },
      write: (line) => {
        if (isErrorLine.test(line)) errorLines.push(line)
      },
    },
  )
  const invoke = createInvoke(time, invocations, afterwards)
  const parts = { time, prng, sqlite, provider, receiver, invocations, usage, errorLines }
  return { ...parts, ...createTriggers(worker, invoke, queue, time, readDeployment()) }
}

/** The settings of a deployment on a plan. */
function settingsOf(plan: Plan): Readonly<Record<string, string>> {
  return { ...settings, PLAN: plan }
}

type Invoke = <T>(kind: InvocationKind, work: () => Promise<T>) => Promise<T>

/** Runs invocations to their end, with the work that they left for after their response. */
function createInvoke(
  { clock, settle }: SimulatedTime,
  invocations: Invocations,
  afterwards: ReadonlySet<Promise<unknown>>,
): Invoke {
  return async (kind, work) => {
    const startedMs = clock.ms
    return invocations.run(kind, async () => {
      const result = await settle(work())
      while (afterwards.size > 0) await settle(Promise.allSettled(afterwards))
      if (clock.ms - startedMs > maxInvocationMs) invocations.report('Too long')
      return result
    })
  }
}

function createTriggers(
  worker: Worker,
  invoke: Invoke,
  queue: ReturnType<typeof createBatchQueue>,
  { clock, settleUntil }: SimulatedTime,
  { crons, maxBatchSize }: Deployment,
): Pick<Fixture, 'request' | 'minute' | 'minutes' | 'drainQueue'> {
  const drainQueue = async (): Promise<void> => {
    for (;;) {
      const taken = queue.take(maxBatchSize)
      if (taken === null) return
      await invoke('queue', () => worker.consume(taken.batch))
      taken.finish()
    }
  }
  // A trigger does not wait for the one before it.
  const running = new Set<Promise<void>>()
  const fire = (cron: string): void => {
    const ended = invoke('cron', () => worker.runCron(cron)).finally(() => running.delete(ended))
    running.add(ended)
  }
  const minute = async (): Promise<void> => {
    const at = Math.floor(clock.ms / minuteMs + 1) * minuteMs
    await settleUntil(Promise.all(running), at)
    clock.ms = at
    for (const cron of crons) if (isDue(cron, (at % dayMs) / minuteMs)) fire(cron)
    await settleUntil(Promise.all(running), at + minuteMs - 1)
    await drainQueue()
  }
  return {
    drainQueue,
    minute,
    request: (request) => invoke('request', async () => worker.app.fetch(request)),
    async minutes(count, isDone = () => false) {
      for (let passed = 0; passed < count; passed++) {
        if (await isDone()) return passed
        await minute()
      }
      return count
    },
  }
}
