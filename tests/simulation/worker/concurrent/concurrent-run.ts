import type { D1Database } from '@cloudflare/workers-types'
import type { Checkpoint } from '../../checkers/history.ts'
import { dayMs, minuteMs } from '../../engine/clock.ts'
import { createFakeMerchant } from '../../engine/fake-merchant.ts'
import { createFaultPlan } from '../../engine/fault-plan.ts'
import { createPrng } from '../../engine/prng.ts'
import { createFakeQueue } from '../bindings/queue.ts'
import type { SqlPatch } from '../bindings/sqlite.ts'
import { createSteppingClock } from '../bindings/stepping-clock.ts'
import type { WorkerContext } from '../context.ts'
import { earliestDue, rowQueries, toRows } from '../history/rows.ts'
import { createResponseLog } from '../history/to-history.ts'
import { checkWorkerInvariants } from '../history/worker-invariants.ts'
import { createWriteLog } from '../history/write-log.ts'
import { createEventReceiver } from '../peers/event-receiver.ts'
import { createFakeProvider } from '../peers/fake-provider.ts'
import {
  generateWorkerWorkload,
  mergeWorkloads,
  type WorkerWorkload,
} from '../peers/worker-workload.ts'
import { everyMinute } from '../settings.ts'
import { logInternalError } from '../simulation/worker-state.ts'
import { createWorkloadClients, runStep, type WorkloadClient } from './concurrent-clients.ts'
import { createConcurrentIsolates } from './concurrent-isolates.ts'

/** The result of many histories on one database. */
export interface ConcurrentResult {
  readonly violations: readonly string[]
  /** How many calls there were, and how many of them had a fault. */
  readonly calls: number
  readonly faults: number
  readonly deliveredEvents: number
}

type Run = ReturnType<typeof createRun>

const maxSteps = 40
const maxRounds = 40

/**
 * Runs so many workloads beside each other, on two workers and one real database, with the bindings and the
 * network failing by seed; then the faults end, recovery runs, and everything is checked.
 */
export async function runConcurrently(
  db: D1Database,
  seed: number,
  size: number,
  patch: SqlPatch,
): Promise<ConcurrentResult> {
  const run = createRun(db, seed, size, patch)
  for (let half = 0; half < 2; half++) {
    await Promise.all(run.clients.map((client) => runClient(run, client)))
    run.clock.ms += minuteMs
    cron(run)
  }
  run.faultPlan.stop()
  await drain(run)
  run.progress.areFaultsOver = true
  await drainWorkloads(run)
  await sweep(run, minuteMs)
  await sweep(run, minuteMs)
  const minutes = await check(run, 'minutes')
  await runDueJobs(run)
  await sweep(run, dayMs + 61 * minuteMs)
  await runDueJobs(run)
  return {
    violations: [...minutes, ...(await check(run, 'day'))],
    ...run.counts,
    deliveredEvents: run.receiver.deliveredEvents.length,
  }
}

/** Sets up a run. The order of the draws below is part of what a seed means. */
function createRun(db: D1Database, seed: number, size: number, patch: SqlPatch) {
  const prng = createPrng(seed)
  const workloads = Array.from({ length: size }, (_, at) =>
    generateWorkerWorkload(prng, `_${seed}_${at}`),
  )
  const faultPlan = createFaultPlan(prng)
  const outside = createOutside(mergeWorkloads(workloads))
  const { clock, provider, responseLog, logLines } = outside
  const progress = { areFaultsOver: false }
  const { pendingWork, track } = createTracker(logLines)
  const environment = { ...outside, db, patch, faultPlan, prng, track }
  const { isolates, counts, whenCommitted } = createConcurrentIsolates(environment)
  const shared: Omit<WorkerContext, 'workload'> = {
    clock,
    prng,
    provider,
    responseLog,
    startTask: (name, work) => {
      clock.ms += 5
      const isolate = isolates[prng.below(2)] ?? isolates[0]
      track(work(isolate, { process: isolate, name, faults: 0, lookups: 0 }))
    },
    faultsOf: () => isolates[0].faults + isolates[1].faults,
    areFaultsOver: () => progress.areFaultsOver,
    count: () => undefined,
    addToHash: () => undefined,
    log: () => undefined,
  }
  const clients = createWorkloadClients(workloads, shared, (message) =>
    logInternalError({ logLines }, message),
  )
  return { ...environment, progress, pendingWork, isolates, counts, whenCommitted, clients }
}

/** The provider, the merchant and the queue, with what is written down of the run. */
function createOutside(workload: WorkerWorkload) {
  const clock = createSteppingClock()
  const merchant = createFakeMerchant()
  const logLines: string[] = []
  return {
    workload,
    clock,
    merchant,
    logLines,
    responseLog: createResponseLog(),
    writeLog: createWriteLog(clock),
    provider: createFakeProvider(workload.payments, clock),
    receiver: createEventReceiver(merchant, clock),
    queue: createFakeQueue(clock),
  }
}

/** Keeps the work that has not ended; work that throws is logged. */
function createTracker(logLines: string[]) {
  const pendingWork = new Set<Promise<unknown>>()
  const track = (work: Promise<unknown>): void => {
    const tracked = work.then(
      () => void pendingWork.delete(tracked),
      (cause: unknown) => {
        pendingWork.delete(tracked)
        logInternalError({ logLines }, `threw ${String(cause)}`)
      },
    )
    pendingWork.add(tracked)
  }
  return { pendingWork, track }
}

async function runClient(run: Run, client: WorkloadClient): Promise<void> {
  const { prng, queue, whenCommitted } = run
  for (let steps = 0; steps < maxSteps; steps++) {
    runStep(client, prng)
    if (queue.ready > 0 && prng.below(3) === 0) consume(run)
    // Some of the work is waited for, and some is overtaken.
    if (prng.below(2) === 1) await whenCommitted()
  }
}

function consume({ queue, prng, progress, isolates, track }: Run): void {
  const taken = queue.take(prng, progress.areFaultsOver)
  const { worker } = isolates[prng.below(2)] ?? isolates[0]
  track(worker.consume(taken.batch).then(() => taken.finish(true)))
}

function cron({ isolates, track }: Run): void {
  for (const { worker } of isolates) track(worker.runCron(everyMinute))
}

async function drain(run: Run): Promise<void> {
  const { pendingWork, queue } = run
  while (pendingWork.size > 0 || queue.ready > 0) {
    if (queue.ready > 0) consume(run)
    await Promise.all(pendingWork)
  }
}

/** What the workloads still hold takes place. */
async function drainWorkloads(run: Run): Promise<void> {
  for (const { inbox, merchantClient, provider } of run.clients) {
    while (provider.upcoming().length > 0) inbox.advancePayment()
    for (; merchantClient.uncreatedOrders > 0; await drain(run)) merchantClient.createOrder()
    while (inbox.waiting > 0) inbox.deliver(0)
  }
  await drain(run)
}

async function sweep(run: Run, ms: number): Promise<void> {
  run.clock.ms += ms
  cron(run)
  await drain(run)
}

async function runDueJobs(run: Run): Promise<void> {
  for (let round = 0; round < maxRounds; round++) {
    const due = (await read(run, earliestDue))[0]?.['at']
    if (typeof due !== 'number') return
    await sweep(run, Math.max(minuteMs, due + 1 - run.clock.ms))
  }
}

async function check(run: Run, checkpoint: Checkpoint): Promise<readonly string[]> {
  const rows = toRows(await Promise.all(rowQueries.map((text) => read(run, text))))
  return checkWorkerInvariants(checkpoint, rows, {
    ...run,
    unfinishedTasks: run.pendingWork.size,
    queueMessages: run.queue.text,
  })
}

async function read({ db }: Run, text: string) {
  return (await db.prepare(text).all<Record<string, unknown>>()).results
}
