import type { Checkpoint } from '../../checkers/history.ts'
import { dayMs, minuteMs } from '../../engine/clock.ts'
import { earliestDue, rowQueries, toRows } from '../history/rows.ts'
import { checkWorkerInvariants } from '../history/worker-invariants.ts'
import type { WorkerRun } from './worker-actions.ts'

//  work under way ends ─► two minutes of cron ─► check ─► what is due ─► a day ─► what is due ─► check

/** What follows once the faults are over. */
export interface WorkerRecovery {
  /** Takes one step; false after the last, or once a check found violations. */
  step(): boolean
  readonly violations: readonly string[]
}

interface Progress {
  phase: number
  /** How many rounds of jobs were due. */
  rounds: number
  /** For how many steps no task waited or ended. */
  idle: number
  violations: readonly string[]
}

/** Gives whether it is done; else it is called again. */
type Phase = (run: WorkerRun, progress: Progress) => boolean

/** How many rounds of jobs may be due, so that a job that is always due ends the schedule. */
const maxRounds = 40
/** How many steps a task may neither wait nor end before it counts as unfinished. */
const maxIdleSteps = 8

const phases: readonly Phase[] = [
  drainWorkload,
  ({ operations: { merchantClient } }) => {
    if (merchantClient.uncreatedOrders === 0) return true
    merchantClient.createOrder()
    return false
  },
  (run) => passTime(run, minuteMs, 1),
  (run) => passTime(run, minuteMs, 2),
  (run, progress) => checkAt('minutes', run, progress),
  (run, progress) => !runDueJobs(run, progress),
  (run) => passTime(run, dayMs + 61 * minuteMs, 1),
  (run, progress) => !runDueJobs(run, progress),
  (run, progress) => checkAt('day', run, progress),
]

export function createWorkerRecovery(run: WorkerRun): WorkerRecovery {
  const progress: Progress = { phase: 0, rounds: 0, idle: 0, violations: [] }
  return {
    step() {
      if (advanceWork(run, progress)) return true
      progress.idle = 0
      if (phases[progress.phase]?.(run, progress) === true) progress.phase++
      return progress.violations.length === 0 && progress.phase < phases.length
    },
    get violations() {
      return progress.violations
    },
  }
}

/** Whether work is still under way; if so, it advances. */
function advanceWork({ state, environment, operations }: WorkerRun, progress: Progress): boolean {
  const { scheduler, queue, timers } = environment
  if (scheduler.waiting > 0) {
    scheduler.resumeAll()
    progress.idle = 0
    return true
  }
  if (state.running.length === 0) {
    if (queue.ready > 0) operations.consume()
    return state.running.length > 0
  }
  if (timers.waiting > 0) {
    timers.skipToNext()
    progress.idle = 0
    return true
  }
  return progress.idle++ < maxIdleSteps
}

/** What the workload still holds takes place, and the merchant is up again. */
function drainWorkload({ state, environment, operations }: WorkerRun): boolean {
  const { scheduler, provider } = environment
  const { inbox, merchantClient } = operations
  state.isMerchantDown = false
  while (scheduler.lateEffects > 0) scheduler.applyLateEffect(0)
  while (merchantClient.uncreatedOrders > 0) merchantClient.createOrder()
  while (provider.upcoming().length > 0) inbox.advancePayment()
  while (inbox.waiting > 0) inbox.deliver(0)
  return true
}

function passTime({ operations }: WorkerRun, ms: number, times: number): boolean {
  operations.advanceClock(ms)
  operations.cron(times)
  return true
}

/** A round of the jobs, once something is due; false when nothing is. */
function runDueJobs(run: WorkerRun, progress: Progress): boolean {
  const due = read(run, earliestDue)[0]?.['at']
  if (typeof due !== 'number' || progress.rounds++ > maxRounds) return false
  return passTime(run, Math.max(minuteMs, due + 1 - run.state.clock.ms), 1)
}

function checkAt(checkpoint: Checkpoint, run: WorkerRun, progress: Progress): boolean {
  const { workload, merchant, responseLog, running } = run.state
  const rows = toRows(rowQueries.map((text) => read(run, text)))
  progress.violations = checkWorkerInvariants(checkpoint, rows, {
    ...run.environment,
    workload,
    merchant,
    responseLog,
    queueMessages: run.environment.queue.text,
    unfinishedTasks: running.length,
  })
  return true
}

function read({ state }: WorkerRun, text: string) {
  return state.composition.read(text)
}
