import { createWorker, type Worker } from '../../../apps/worker/src/worker.ts'
import type { Process, Task } from '../engine/scheduler.ts'
import {
  createDatabaseBinding,
  createFetch,
  createQueueBinding,
  type ScheduleCall,
} from './isolate-bindings.ts'
import type { IsolateEnvironment } from './isolate-environment.ts'
import { settings } from './settings.ts'

/** A running worker: what it keeps in memory is lost when it crashes. */
export interface Isolate extends Process {
  readonly worker: Worker
  /** How many faults it had since it was started. */
  faults: number
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
