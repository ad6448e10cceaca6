import type { SimulatedClock } from '../engine/clock.ts'
import type { Prng } from '../engine/prng.ts'
import type { Task } from '../engine/scheduler.ts'
import type { ResponseLog } from './history/to-history.ts'
import type { Isolate } from './isolate.ts'
import type { FakeProvider } from './peers/fake-provider.ts'
import type { WorkerWorkload } from './peers/worker-workload.ts'

/** What the clients share that send a schedule's notices and requests to its workers. */
export interface WorkerContext {
  readonly workload: WorkerWorkload
  readonly clock: SimulatedClock
  readonly prng: Prng
  readonly provider: FakeProvider
  readonly responseLog: ResponseLog
  /** Starts work in one of the workers; `onCrash` is called when that worker crashes. */
  startTask(
    name: string,
    work: (isolate: Isolate, task: Task) => Promise<void>,
    onCrash?: () => void,
  ): void
  /** How many faults a task's worker had since it was started. */
  faultsOf(task: Task): number
  /** Whether the faults are over. */
  areFaultsOver(): boolean
  readonly count: (key: string) => void
  /** Makes a number part of the schedule's hash. */
  readonly addToHash: (value: number) => void
  readonly log: (line: string) => void
}
