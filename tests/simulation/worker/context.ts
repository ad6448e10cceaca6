import type { Instant } from '../engine/fake-database.ts'
import type { Chance } from '../engine/prng.ts'
import type { Task } from '../engine/scheduler.ts'
import type { Isolate } from './isolate.ts'
import type { Given } from './history/to-history.ts'
import type { Provider } from './peers/fake-provider.ts'
import type { WorkerStory } from './peers/worker-workload.ts'

/** What those share who bring a schedule's notices and errands to its workers. */
export interface Ground {
  readonly story: WorkerStory
  readonly clock: Instant
  readonly chance: Chance
  readonly provider: Provider
  readonly given: Given
  /** Sets work going in one of the workers; `die` is what its death leads to. */
  begin(name: string, work: (isolate: Isolate, task: Task) => Promise<void>, die?: () => void): void
  /** How much went wrong around a task's worker since that began. */
  troublesOf(task: Task): number
  /** Whether the faults are over. */
  isOver(): boolean
  readonly count: (key: string) => void
  /** Makes a number part of what tells two schedules apart. */
  readonly fold: (value: number) => void
  readonly tell: (line: string) => void
}
