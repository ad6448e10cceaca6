import { AsyncLocalStorage } from 'node:async_hooks'
import type { SimulatedClock } from '../../engine/clock.ts'
import { createFakeMerchant, type FakeMerchant } from '../../engine/fake-merchant.ts'
import { createFaultPlan, type SeededFaultPlan } from '../../engine/fault-plan.ts'
import type { Prng } from '../../engine/prng.ts'
import type { Task } from '../../engine/scheduler.ts'
import { startMs } from '../../workload/payments.ts'
import type { Composition } from '../compositions/composition.ts'
import { createResponseLog, type ResponseLog } from '../history/to-history.ts'
import type { Isolate } from '../isolate.ts'
import { generateWorkerWorkload, type WorkerWorkload } from '../peers/worker-workload.ts'

/** What a worker simulation is given beside its seed. */
export interface WorkerSimulationOptions {
  readonly composition: Composition
  /** Counts what the schedule exercised. */
  readonly count: (key: string) => void
  /** Called once per trace line: actor, action, outcome. */
  readonly log?: (line: string) => void
}

export interface RunningWorkerTask {
  readonly task: Task
  /** Called when its process crashes. */
  readonly onCrash: () => void
}

/** Everything that one schedule of the whole worker reads and changes while it runs. */
export interface WorkerState {
  readonly prng: Prng
  readonly composition: Composition
  readonly count: (key: string) => void
  readonly log: (line: string) => void
  readonly clock: SimulatedClock
  readonly workload: WorkerWorkload
  readonly faultPlan: SeededFaultPlan
  /** Whether a timer may fire although calls wait. */
  readonly firesTimersEarly: boolean
  isMerchantDown: boolean
  /** How many cron runs, clock jumps and requests of the merchant are still to come. */
  readonly remaining: { cron: number; jump: number; request: number }
  readonly merchant: FakeMerchant
  readonly responseLog: ResponseLog
  readonly logLines: string[]
  readonly taskStorage: AsyncLocalStorage<Task>
  isolates: readonly Isolate[]
  running: RunningWorkerTask[]
  /** Whether the faults are over. */
  isRecovering: boolean
  hash: number
}

/** Makes the state of one schedule. The order of the draws below is part of what a seed means. */
export function createWorkerState(
  prng: Prng,
  { composition, count, log = () => undefined }: WorkerSimulationOptions,
): WorkerState {
  return {
    prng,
    composition,
    count,
    log,
    clock: { step: 0, ms: startMs },
    workload: generateWorkerWorkload(prng),
    faultPlan: createFaultPlan(prng),
    firesTimersEarly: prng.below(4) === 3,
    isMerchantDown: prng.below(6) === 5,
    remaining: { cron: prng.below(4), jump: prng.below(3), request: prng.below(4) },
    merchant: createFakeMerchant(),
    responseLog: createResponseLog(),
    logLines: [],
    taskStorage: new AsyncLocalStorage(),
    isolates: [],
    running: [],
    isRecovering: false,
    hash: 0x811c9dc5,
  }
}

/** Logs what the product must never do, in the form that the checkers search for. */
export function logInternalError(
  { logLines }: Pick<WorkerState, 'logLines'>,
  message: string,
): void {
  logLines.push(JSON.stringify({ event: 'internal', what: message }))
}
