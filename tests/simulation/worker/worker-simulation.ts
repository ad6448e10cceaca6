import { AsyncLocalStorage } from 'node:async_hooks'
import type { Checkpoint } from '../checkers/history.ts'
import type { SimulatedClock } from '../engine/fake-database.ts'
import { createFakeMerchant } from '../engine/fake-merchant.ts'
import { createFaultPlan } from '../engine/fault-plan.ts'
import { drawWeighted, type Prng } from '../engine/prng.ts'
import {
  createScheduler,
  type Process,
  type SchedulerObserver,
  type Task,
} from '../engine/scheduler.ts'
import { startMs } from '../workload/payments.ts'
import { createFakeQueue } from './bindings/queue.ts'
import type { Sqlite } from './bindings/sqlite.ts'
import { createTimers } from './bindings/timers.ts'
import type { WorkerContext } from './context.ts'
import { earliestDue, rowQueries, toRows } from './history/rows.ts'
import { createResponseLog } from './history/to-history.ts'
import { checkWorkerInvariants } from './history/worker-invariants.ts'
import { createWriteLog } from './history/write-log.ts'
import { type Isolate, type IsolateEnvironment, startIsolate } from './isolate.ts'
import { createEventReceiver } from './peers/event-receiver.ts'
import { createFakeProvider } from './peers/fake-provider.ts'
import { createMerchantClient } from './peers/merchant-client.ts'
import { clockJumps } from './peers/merchant-requests.ts'
import { createNoticeInbox } from './peers/notice-inbox.ts'
import { generateWorkerWorkload } from './peers/worker-workload.ts'
import { everyMinute } from './settings.ts'

/** One schedule of the whole worker: it moves by picks, and between two picks whatever was set free runs. */
export interface WorkerSimulation {
  /** Makes one pick; false when there is nothing left to happen. */
  step(): boolean
  /** What is broken, as far as it can be told now. */
  readonly violations: readonly string[]
  /** A number that two runs of one seed share, and hardly anything else does. */
  readonly hash: number
}

/** What a schedule stands on and whom it tells. */
export interface WorkerSimulationOptions {
  readonly sqlite: Sqlite
  readonly splitsBatches: boolean
  /** Counts what was met. */
  readonly count: (key: string) => void
  /** Told each happening: who, what, how it went. */
  readonly log?: (line: string) => void
}

interface RunningTask {
  readonly task: Task
  /** What happens when its process dies. */
  readonly onInternalError: () => void
}

const maxSteps = 200
const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
/** An end to waiting for what is not going to happen. */
const maxRounds = 40
const maxIdleSteps = 8

/** Makes the world of one schedule of the whole worker. */
export function createWorkerSimulation(
  prng: Prng,
  { sqlite, splitsBatches, count, log = () => undefined }: WorkerSimulationOptions,
): WorkerSimulation {
  const clock: SimulatedClock = { step: 0, ms: startMs }
  const workload = generateWorkerWorkload(prng)
  const faultPlan = createFaultPlan(prng)
  const firesTimersEarly = prng.below(4) === 3
  let isMerchantDown = prng.below(6) === 5
  const remaining = { cron: prng.below(4), jump: prng.below(3), request: prng.below(4) }
  const merchant = createFakeMerchant()
  const responseLog = createResponseLog()
  const logLines: string[] = []
  const taskStorage = new AsyncLocalStorage<Task>()
  let isolates: readonly Isolate[] = []
  let running: RunningTask[] = []
  let violations: readonly string[] = []
  let phase = 0
  let rounds = 0
  let idle = 0
  let hash = 0x811c9dc5
  const addToHash = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193)
  }
  const countFault = ({ id }: Process): void => {
    const isolate = isolates.find((each) => each.id === id)
    if (isolate !== undefined) isolate.faults++
  }

  const observer: SchedulerObserver<string> = {
    onCall(name, { process, name: taskName }, outcome) {
      count(`${name} | ${outcome}`)
      addToHash(name.length * 31 + outcome.length + process.id * 1000)
      log(`${taskName} | ${name} | ${outcome}`)
      if (outcome !== 'ok') countFault(process)
    },
    onInternalError(process) {
      log(`process ${process.id} | dies | `)
      isolates = isolates.map((each) =>
        each === process ? startIsolate(each.id + 2, environment) : each,
      )
      environment.timers.drop(process)
      const lost = running.filter(({ task }) => task.process === process)
      running = running.filter(({ task }) => task.process !== process)
      for (const { onInternalError } of lost) onInternalError()
    },
  }
  const environment: IsolateEnvironment = {
    sqlite,
    writeLog: createWriteLog(clock),
    provider: createFakeProvider(workload.payments, clock),
    receiver: createEventReceiver(merchant, clock),
    queue: createFakeQueue(clock),
    timers: createTimers(clock, countFault),
    scheduler: createScheduler<string>(faultPlan, observer),
    clock,
    prng,
    taskStorage,
    logLines,
    isMerchantDown: () => isMerchantDown,
    splitsBatches,
    track: (process, work) =>
      trackTask({ process, name: 'afterwards', faults: 0, lookups: 0 }, work),
  }
  const { provider, queue, timers, scheduler } = environment
  isolates = [startIsolate(1, environment), startIsolate(2, environment)]

  const logInternalError = (message: string): void =>
    void logLines.push(JSON.stringify({ event: 'internal', what: message }))

  function trackTask(task: Task, work: Promise<unknown>, onInternalError = () => {}): void {
    const entry: RunningTask = { task, onInternalError }
    running.push(entry)
    const end = (): void => {
      running = running.filter((each) => each !== entry)
    }
    work.then(end, (cause: unknown) => {
      end()
      logInternalError(`${task.name} threw ${String(cause)}`)
    })
  }

  const context: WorkerContext = {
    workload,
    clock,
    prng,
    provider,
    responseLog,
    startTask(name, work, onInternalError) {
      const isolate = isolates[prng.below(2)]
      if (isolate === undefined) return
      const task: Task = { process: isolate, name, faults: 0, lookups: 0 }
      const started = taskStorage.run(task, () => work(isolate, task))
      trackTask(task, started, onInternalError)
    },
    faultsOf: ({ process }) => isolates.find((each) => each === process)?.faults ?? 1,
    areFaultsOver: () => phase > 0,
    count,
    addToHash,
    log,
  }
  const inbox = createNoticeInbox(context)
  const merchantClient = createMerchantClient(context, logInternalError)

  function consume(): void {
    const taken = queue.take(prng, phase > 0)
    context.startTask(
      'queue',
      async ({ worker }) => {
        await worker.consume(taken.batch)
        taken.finish(true)
      },
      () => taken.finish(false),
    )
  }

  function cron(times: number): void {
    for (let each = 0; each < times; each++) {
      context.startTask('cron', ({ worker }) => worker.runCron(everyMinute))
    }
  }

  function advanceClock(ms: number): void {
    clock.ms += ms
    timers.fireDue()
  }

  const weights = new Int32Array(10)
  /** Makes one of the things happen that may; each weighs as much as there is of it. */
  function runStep(): boolean {
    weights[0] = scheduler.waiting
    weights[1] = merchantClient.uncreatedOrders * 3
    weights[2] = inbox.waiting
    weights[3] = provider.upcoming().length > 0 ? 1 : 0
    weights[4] = remaining.cron
    weights[5] = remaining.request
    weights[6] = remaining.jump
    weights[7] = scheduler.lateEffects
    weights[8] = queue.ready
    weights[9] = timers.waiting > 0 && (firesTimersEarly || scheduler.waiting === 0) ? 1 : 0
    const choice = clock.step > maxSteps ? null : drawWeighted(prng, weights)
    if (choice === null) return false
    const { kind, at } = choice
    addToHash(kind * 64 + at)
    advanceClock(20)
    actions[kind]?.(at)
    return true
  }

  const actions: readonly ((at: number) => void)[] = [
    (at) => scheduler.resume(at),
    () => merchantClient.createOrder(),
    (at) => inbox.deliver(at),
    () => inbox.advancePayment(),
    () => {
      remaining.cron--
      if (prng.below(2) === 1) advanceClock(minuteMs - (clock.ms % minuteMs))
      // The platform may start a trigger twice.
      cron(1 + prng.below(2))
    },
    () => {
      remaining.request--
      merchantClient.sendRequest()
    },
    () => {
      remaining.jump--
      advanceClock(clockJumps[prng.below(clockJumps.length)] ?? 0)
    },
    (at) => scheduler.applyLateEffect(at),
    consume,
    () => timers.skipToNext(),
  ]

  /** The faults are over: what was set going ends. */
  function end(): void {
    isMerchantDown = false
    while (scheduler.lateEffects > 0) scheduler.applyLateEffect(0)
    while (merchantClient.uncreatedOrders > 0) merchantClient.createOrder()
    while (provider.upcoming().length > 0) inbox.advancePayment()
    while (inbox.waiting > 0) inbox.deliver(0)
  }

  /** Whether something is still on its way; if so, it is brought on. */
  function isBusy(): boolean {
    if (scheduler.waiting > 0) {
      scheduler.resumeAll()
      idle = 0
      return true
    }
    if (running.length === 0) {
      if (queue.ready > 0) consume()
      return running.length > 0
    }
    if (timers.waiting > 0) {
      timers.skipToNext()
      idle = 0
      return true
    }
    // What neither waits nor ends is given some turns, and is loose then.
    return idle++ < maxIdleSteps
  }

  const read = (text: string) => sqlite.run({ text, params: [] }).rows

  function check(checkpoint: Checkpoint): void {
    const unfinishedTasks = running.length
    violations = checkWorkerInvariants(checkpoint, toRows(rowQueries.map(read)), {
      ...environment,
      workload,
      merchant,
      responseLog,
      queueMessages: queue.text,
      unfinishedTasks,
    })
    phase++
  }

  /** A round of repair once something is due; false when nothing is. */
  function runDueJobs(): boolean {
    const due = read(earliestDue)[0]?.['at']
    if (typeof due !== 'number' || rounds++ > maxRounds) return false
    advanceClock(Math.max(minuteMs, due + 1 - clock.ms))
    cron(1)
    return true
  }

  function recover(): boolean {
    if (isBusy()) return true
    idle = 0
    switch (phase) {
      case 1:
        end()
        phase++
        return true
      case 2:
        if (merchantClient.uncreatedOrders > 0) merchantClient.createOrder()
        else phase++
        return true
      case 3:
      case 4:
        advanceClock(minuteMs)
        cron(phase === 3 ? 1 : 2)
        phase++
        return true
      case 5:
        check('minutes')
        return violations.length === 0
      case 6:
      case 8:
        if (!runDueJobs()) phase++
        return true
      case 7:
        advanceClock(dayMs + 61 * minuteMs)
        cron(1)
        phase++
        return true
    }
    check('day')
    return false
  }

  return {
    step() {
      clock.step++
      if (phase === 0) {
        if (runStep()) return true
        phase = 1
        faultPlan.stop()
      }
      return recover()
    },
    get violations() {
      return violations
    },
    get hash() {
      return hash >>> 0
    },
  }
}
