import type { SimulatedClock } from '../engine/fake-database.ts'
import type { Prng } from '../engine/prng.ts'
import type { Task } from '../engine/scheduler.ts'
import type { ResponseLog } from './history/to-history.ts'
import type { Isolate } from './isolate.ts'
import type { FakeProvider } from './peers/fake-provider.ts'
import type { WorkerWorkload } from './peers/worker-workload.ts'

/** What those share who bring a schedule's notices and errands to its workers. */
export interface WorkerContext {
  readonly workload: WorkerWorkload
  readonly clock: SimulatedClock
  readonly prng: Prng
  readonly provider: FakeProvider
  readonly responseLog: ResponseLog
  /** Sets work going in one of the workers; `die` is what its death leads to. */
  startTask(
    name: string,
    work: (isolate: Isolate, task: Task) => Promise<void>,
    onInternalError?: () => void,
  ): void
  /** How much went wrong around a task's worker since that began. */
  faultsOf(task: Task): number
  /** Whether the faults are over. */
  areFaultsOver(): boolean
  readonly count: (key: string) => void
  /** Makes a number part of what tells two schedules apart. */
  readonly addToHash: (value: number) => void
  readonly log: (line: string) => void
}
