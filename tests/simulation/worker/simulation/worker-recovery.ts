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

/** How many rounds of jobs may be due, so that a job that is always due ends the schedule. */
const maxRounds = 40
/** How many steps a task may neither wait nor end before it counts as unfinished. */
const maxIdleSteps = 8

export function createWorkerRecovery(run: WorkerRun): WorkerRecovery {
  const { state, environment, operations } = run
  const { scheduler, queue, timers } = environment
  const { merchantClient, advanceClock, cron } = operations
  let violations: readonly string[] = []
  let phase = 0
  let rounds = 0
  let idle = 0

  const read = (text: string) => state.sqlite.run({ text, params: [] }).rows

  /** Whether work is still under way; if so, it advances. */
  const advanceWork = (): boolean => {
    if (scheduler.waiting > 0) {
      scheduler.resumeAll()
      idle = 0
      return true
    }
    if (state.running.length === 0) {
      if (queue.ready > 0) operations.consume()
      return state.running.length > 0
    }
    if (timers.waiting > 0) {
      timers.skipToNext()
      idle = 0
      return true
    }
    return idle++ < maxIdleSteps
  }
  /** A round of the jobs, once something is due; false when nothing is. */
  const runDueJobs = (): boolean => {
    const due = read(earliestDue)[0]?.['at']
    if (typeof due !== 'number' || rounds++ > maxRounds) return false
    advanceClock(Math.max(minuteMs, due + 1 - state.clock.ms))
    cron(1)
    return true
  }
  const checkAt = (checkpoint: Checkpoint): boolean => {
    violations = checkWorkerInvariants(checkpoint, toRows(rowQueries.map(read)), {
      ...environment,
      workload: state.workload,
      merchant: state.merchant,
      responseLog: state.responseLog,
      queueMessages: queue.text,
      unfinishedTasks: state.running.length,
    })
    return true
  }
  const passTime = (ms: number, times: number): boolean => {
    advanceClock(ms)
    cron(times)
    return true
  }

  /** Each gives whether it is done; else it is called again. */
  const phases: readonly (() => boolean)[] = [
    () => drainWorkload(run),
    () => {
      if (merchantClient.uncreatedOrders === 0) return true
      merchantClient.createOrder()
      return false
    },
    () => passTime(minuteMs, 1),
    () => passTime(minuteMs, 2),
    () => checkAt('minutes'),
    () => !runDueJobs(),
    () => passTime(dayMs + 61 * minuteMs, 1),
    () => !runDueJobs(),
    () => checkAt('day'),
  ]

  return {
    step() {
      if (advanceWork()) return true
      idle = 0
      if (phases[phase]?.() === true) phase++
      return violations.length === 0 && phase < phases.length
    },
    get violations() {
      return violations
    },
  }
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
