import type { D1Database } from '@cloudflare/workers-types'
import { createWorker } from '../../../apps/worker/src/worker.ts'
import { sleepOnTimer } from '../../../packages/server/src/timers.ts'
import type { Checkpoint } from '../checkers/history.ts'
import type { SimulatedClock } from '../engine/fake-database.ts'
import { createFakeMerchant } from '../engine/fake-merchant.ts'
import { createFaultPlan } from '../engine/fault-plan.ts'
import { createPrng, type Prng } from '../engine/prng.ts'
import type { CallOutcome } from '../engine/scheduler.ts'
import { startMs } from '../workload/payments.ts'
import { createD1, type SqlCall, type SqlResult } from './bindings/d1.ts'
import { createFakeQueue, toBinding } from './bindings/queue.ts'
import type { SqlPatch } from './bindings/sqlite.ts'
import type { WorkerContext } from './context.ts'
import { earliestDue, rowQueries, toRows } from './history/rows.ts'
import { createResponseLog } from './history/to-history.ts'
import { checkWorkerInvariants } from './history/worker-invariants.ts'
import { createWriteLog } from './history/write-log.ts'
import type { Isolate } from './isolate.ts'
import { createEventReceiver, readEventRequest } from './peers/event-receiver.ts'
import {
  createFakeProvider,
  createFaultyResponse,
  createRefusal,
  type FakeProvider,
} from './peers/fake-provider.ts'
import { createMerchantClient, type MerchantClient } from './peers/merchant-client.ts'
import { createNoticeInbox, type NoticeInbox } from './peers/notice-inbox.ts'
import { generateWorkerWorkload, type WorkerWorkload } from './peers/worker-workload.ts'
import { eventUrl, everyMinute, settings } from './settings.ts'

/** What came of many histories on one database. */
export interface ConcurrentResult {
  readonly violations: readonly string[]
  /** How many calls there were, and to how many of them something happened. */
  readonly calls: number
  readonly faults: number
  /** How often the shop was told something. */
  readonly deliveredEvents: number
}

const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
const maxSteps = 40
const maxRounds = 40

/**
 * Lets as many stories as are wanted happen beside each other, to two workers on one real database, with the
 * bindings and the network failing by seed; then the faults end, repair runs, and everything is judged.
 */
export async function runConcurrently(
  db: D1Database,
  seed: number,
  size: number,
  patch: SqlPatch,
): Promise<ConcurrentResult> {
  const prng = createPrng(seed)
  const workloads = Array.from({ length: size }, (_, at) =>
    generateWorkerWorkload(prng, `_${seed}_${at}`),
  )
  const workload = mergeWorkloads(workloads)
  const faultPlan = createFaultPlan(prng)
  const clock = createSteppingClock()
  const merchant = createFakeMerchant()
  const responseLog = createResponseLog()
  const writeLog = createWriteLog(clock)
  const provider = createFakeProvider(workload.payments, clock)
  const receiver = createEventReceiver(merchant, clock)
  const queue = createFakeQueue(clock)
  const logLines: string[] = []
  const pendingWork = new Set<Promise<unknown>>()
  const counts = { calls: 0, faults: 0 }
  let areFaultsOver = false
  let commits: Promise<unknown> = Promise.resolve()

  const track = (work: Promise<unknown>): void => {
    const tracked = work.then(
      () => void pendingWork.delete(tracked),
      (cause: unknown) => {
        pendingWork.delete(tracked)
        logInternalError(`threw ${String(cause)}`)
      },
    )
    pendingWork.add(tracked)
  }
  const logInternalError = (message: string): void =>
    void logLines.push(JSON.stringify({ event: 'internal', what: message }))

  const outcomeOf = (isolate: Isolate): CallOutcome => {
    counts.calls++
    const outcome = faultPlan.outcomeOf('find', {
      process: isolate,
      name: '',
      faults: 0,
      lookups: 0,
    })
    if (outcome !== 'ok') {
      counts.faults++
      isolate.faults++
    }
    return outcome
  }

  /** Lets a call meet its fate. What hangs or is slow here has failed for whoever waits. */
  const complete = async <T>(
    isolate: Isolate,
    effect: () => T | Promise<T>,
    failWith: (isDone: boolean) => Promise<T>,
  ): Promise<T> => {
    const outcome = outcomeOf(isolate)
    if (outcome === 'before') return failWith(false)
    const value = await effect()
    if (outcome === 'after' || outcome === 'hang') return failWith(true)
    return outcome === 'twice' ? effect() : value
  }

  const commit = async (calls: readonly SqlCall[]): Promise<readonly SqlResult[]> => {
    const statements = calls.map(({ text, params }) => db.prepare(patch(text)).bind(...params))
    const results = await db.batch<Record<string, unknown>>(statements)
    const done = results.map(({ results: rows, meta }) => ({ rows, changes: meta.changes }))
    writeLog.record(calls, done)
    return done
  }
  /** One after another, so that the diary is written in the order of the commits. */
  const commitInTurn = (calls: readonly SqlCall[]): Promise<readonly SqlResult[]> => {
    const turn = commits.then(() => commit(calls))
    commits = turn.catch(() => undefined)
    return turn
  }

  const startIsolate = (id: number): Isolate => {
    const isolate: Isolate = Object.assign(
      { id, faults: 0 },
      { worker: startWorker(() => isolate) },
    )
    return isolate
  }
  const startWorker = (self: () => Isolate) =>
    createWorker(
      {
        ...settings,
        DB: createD1((calls) =>
          complete(
            self(),
            () => commitInTurn(calls),
            () => Promise.reject(new Error('D1_ERROR: Network connection lost.')),
          ),
        ),
        EVENTS: toBinding((body) =>
          complete(
            self(),
            () => queue.push(body),
            () => Promise.reject(new Error('Queue sendMessage failed')),
          ),
        ),
      },
      {
        async fetch(request) {
          const body = request.method === 'GET' ? '' : await request.text()
          if (request.url === eventUrl) {
            const receive = () =>
              new Response(null, { status: receiver.receive(readEventRequest(request, body)) })
            return complete(self(), receive, () => createRefusal(prng))
          }
          const url = new URL(request.url)
          const providerRequest = {
            method: request.method,
            url,
            body: body === '' ? {} : JSON.parse(body),
          }
          return complete(
            self(),
            () => provider.handle(providerRequest),
            (isDone) => createFaultyResponse(prng, isDone),
          )
        },
        now: () => new Date(clock.ms),
        random: () => 0,
        // The clock stands still meanwhile: only what limits something else is a timer.
        sleep: (ms, signal) =>
          signal === undefined || ms < 1_000 ? Promise.resolve() : sleepOnTimer(ms, signal),
        waitUntil: track,
        write: (line) => void logLines.push(line),
      },
    )
  const isolates = [startIsolate(1), startIsolate(2)] as const

  const contextOf = (own: WorkerWorkload): WorkerContext => ({
    workload: own,
    clock,
    prng,
    provider: providerOf(provider, own),
    responseLog,
    startTask: (name, work) => {
      clock.ms += 5
      const isolate = isolates[prng.below(2)] ?? isolates[0]
      track(work(isolate, { process: isolate, name, faults: 0, lookups: 0 }))
    },
    faultsOf: () => isolates[0].faults + isolates[1].faults,
    areFaultsOver: () => areFaultsOver,
    count: () => undefined,
    addToHash: () => undefined,
    log: () => undefined,
  })
  const drain = async (): Promise<void> => {
    while (pendingWork.size > 0 || queue.ready > 0) {
      if (queue.ready > 0) consume()
      await Promise.all(pendingWork)
    }
  }
  const consume = (): void => {
    const taken = queue.take(prng, areFaultsOver)
    const { worker } = isolates[prng.below(2)] ?? isolates[0]
    track(worker.consume(taken.batch).then(() => taken.finish(true)))
  }
  const cron = (): void => {
    for (const { worker } of isolates) track(worker.runCron(everyMinute))
  }

  const clients = workloads.map((own) => {
    const context = contextOf(own)
    return {
      inbox: createNoticeInbox(context),
      merchantClient: createMerchantClient(context, logInternalError),
      context,
    }
  })
  const runClient = async ({
    inbox,
    merchantClient,
    context,
  }: (typeof clients)[number]): Promise<void> => {
    for (let steps = 0; steps < maxSteps; steps++) {
      runStep(prng, inbox, merchantClient, context.provider)
      if (queue.ready > 0 && prng.below(3) === 0) consume()
      // Some of what was begun is waited for, and some is overtaken.
      if (prng.below(2) === 1) await commits
    }
  }
  for (let half = 0; half < 2; half++) {
    await Promise.all(clients.map(runClient))
    clock.ms += minuteMs
    cron()
  }

  faultPlan.stop()
  await drain()
  areFaultsOver = true
  for (const { inbox, merchantClient, context } of clients) {
    while (context.provider.upcoming().length > 0) inbox.advancePayment()
    for (; merchantClient.uncreatedOrders > 0; await drain()) merchantClient.createOrder()
    while (inbox.waiting > 0) inbox.deliver(0)
  }
  await drain()
  const read = async (text: string) =>
    (await db.prepare(text).all<Record<string, unknown>>()).results
  const check = async (checkpoint: Checkpoint): Promise<readonly string[]> => {
    const rows = toRows(await Promise.all(rowQueries.map(read)))
    const output = {
      workload,
      clock,
      writeLog,
      provider,
      receiver,
      merchant,
      responseLog,
      logLines,
      unfinishedTasks: pendingWork.size,
    }
    return checkWorkerInvariants(checkpoint, rows, { ...output, queueMessages: queue.text })
  }
  const sweep = async (ms: number): Promise<void> => {
    clock.ms += ms
    cron()
    await drain()
  }
  const runDueJobs = async (): Promise<void> => {
    for (let round = 0; round < maxRounds; round++) {
      const due = (await read(earliestDue))[0]?.['at']
      if (typeof due !== 'number') return
      await sweep(Math.max(minuteMs, due + 1 - clock.ms))
    }
  }
  await sweep(minuteMs)
  await sweep(minuteMs)
  const minutes = await check('minutes')
  await runDueJobs()
  await sweep(dayMs + 61 * minuteMs)
  await runDueJobs()
  return {
    violations: [...minutes, ...(await check('day'))],
    ...counts,
    deliveredEvents: receiver.deliveredEvents.length,
  }
}

/** Makes one thing happen in one story. */
function runStep(
  prng: Prng,
  inbox: NoticeInbox,
  merchantClient: MerchantClient,
  provider: FakeProvider,
): void {
  switch (prng.below(6)) {
    case 0:
    case 1:
      if (merchantClient.uncreatedOrders > 0) merchantClient.createOrder()
      return
    case 2:
      if (provider.upcoming().length > 0) inbox.advancePayment()
      return
    case 3:
    case 4:
      if (inbox.waiting > 0) inbox.deliver(prng.below(inbox.waiting))
      return
    default:
      if (prng.below(8) === 7) merchantClient.sendRequest()
  }
}

/** A clock of which no two looks see the same step, so that steps say what came before what. */
function createSteppingClock(): SimulatedClock {
  let step = 0
  return {
    ms: startMs,
    get step() {
      return ++step
    },
    set step(at) {
      step = at
    },
  }
}

function mergeWorkloads(workloads: readonly WorkerWorkload[]): WorkerWorkload {
  return {
    orders: workloads.flatMap(({ orders }) => orders),
    orderSpecs: workloads.flatMap(({ orderSpecs }) => orderSpecs),
    payments: workloads.flatMap(({ payments }) => payments),
  }
}

/** The provider's books of one story alone. */
function providerOf(provider: FakeProvider, { payments }: WorkerWorkload): FakeProvider {
  const own = new Set(payments.map(({ imp_uid }) => imp_uid))
  const ownPayments = provider.payments.filter(({ imp_uid }) => own.has(imp_uid))
  const upcoming = () => provider.upcoming().filter(({ imp_uid }) => own.has(imp_uid))
  return { ...provider, payments: ownPayments, upcoming }
}
