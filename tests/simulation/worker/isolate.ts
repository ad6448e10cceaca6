import type { AsyncLocalStorage } from 'node:async_hooks'
import { createWorker, type Worker } from '../../../apps/worker/src/worker.ts'
import type { SimulatedClock } from '../engine/clock.ts'
import type { Prng } from '../engine/prng.ts'
import type { Process, Scheduler, Task } from '../engine/scheduler.ts'
import type { FakeQueue } from './bindings/queue.ts'
import type { Sqlite } from './bindings/sqlite.ts'
import type { Timers } from './bindings/timers.ts'
import type { WriteLog } from './history/write-log.ts'
import {
  createDatabaseBinding,
  createFetch,
  createQueueBinding,
  type ScheduleCall,
} from './isolate-bindings.ts'
import type { EventReceiver } from './peers/event-receiver.ts'
import type { FakeProvider } from './peers/fake-provider.ts'
import { settings } from './settings.ts'

/** A running worker: what it keeps in memory is lost when it crashes. */
export interface Isolate extends Process {
  readonly worker: Worker
  /** How many faults it had since it was started. */
  faults: number
}

/** What is around every worker of a schedule. */
export interface IsolateEnvironment {
  readonly sqlite: Sqlite
  readonly writeLog: WriteLog
  readonly provider: FakeProvider
  readonly receiver: EventReceiver
  readonly queue: FakeQueue
  readonly timers: Timers
  readonly scheduler: Scheduler<string>
  readonly clock: SimulatedClock
  readonly prng: Prng
  /** The task in which the running code was called. */
  readonly taskStorage: AsyncLocalStorage<Task>
  readonly logLines: string[]
  /** Whether the merchant's server is down. */
  readonly isMerchantDown: () => boolean
  /** Whether each statement of a batch is a transaction of its own, which is wrong on purpose. */
  readonly splitsBatches: boolean
  /** Called with work that goes on after the response. */
  track(isolate: Process, work: Promise<unknown>): void
}

/** Starts the real worker; each of its calls to the outside goes through the scheduler. */
export function startIsolate(id: number, environment: IsolateEnvironment): Isolate {
  const { scheduler, clock, prng, timers, logLines } = environment
  const isolate: Process = { id }
  const call: ScheduleCall = async <T>(
    name: string,
    effect: () => T | Promise<T>,
    failWith: Parameters<typeof scheduler.call<T | Promise<T>>>[3],
  ): Promise<T> => scheduler.call<T | Promise<T>>(currentTask(environment), name, effect, failWith)
  const countLookup = (): void => {
    const task = currentTask(environment)
    // After a fault the client may ask once more.
    if (self.faults === 0 || task.lookups === 0) task.lookups++
  }
  const worker = createWorker(
    {
      ...settings,
      DB: createDatabaseBinding(environment, call),
      EVENTS: createQueueBinding(environment, call),
    },
    {
      fetch: createFetch(environment, call, countLookup),
      now: () => new Date(clock.ms),
      random: () => prng.below(16) / 16,
      sleep: (ms, signal) => timers.sleep(isolate, ms, signal),
      waitUntil: (work) => environment.track(self, work),
      write: (line) => void logLines.push(line),
    },
  )
  // The same object: processes are compared by identity.
  const self: Isolate = Object.assign(isolate, { worker, faults: 0 })
  return self
}

function currentTask({ taskStorage }: IsolateEnvironment): Task {
  const task = taskStorage.getStore()
  if (task === undefined) throw new TypeError('Cannot find the calling task')
  return task
}
