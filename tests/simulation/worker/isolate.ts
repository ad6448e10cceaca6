import type { Process, Task } from '../engine/scheduler.ts'
import type { Composition, Instance } from './compositions/composition.ts'
import { createFetch, type ScheduleCall } from './isolate-bindings.ts'
import type { IsolateEnvironment } from './isolate-environment.ts'

/** A running instance of the server: what it keeps in memory is lost when it crashes. */
export interface Isolate extends Process {
  readonly worker: Instance
  /** How many faults it had since it was started. */
  faults: number
}

/** Starts the real server; each of its calls to the outside goes through the scheduler. */
export function startIsolate(
  id: number,
  environment: IsolateEnvironment,
  composition: Composition,
): Isolate {
  const { scheduler, taskStorage } = environment
  const isolate: Process = { id }
  const call: ScheduleCall = async <T>(
    name: string,
    effect: () => T | Promise<T>,
    failWith: Parameters<typeof scheduler.call<T | Promise<T>>>[3],
  ): Promise<T> => {
    const task = currentTask(environment)
    // An effect may itself make a call.
    const effectOfTask = () => taskStorage.run(task, effect)
    return scheduler.call<T | Promise<T>>(task, name, effectOfTask, failWith)
  }
  const countLookup = (): void => {
    const task = currentTask(environment)
    // After a fault the client may ask once more.
    if (self.faults === 0 || task.lookups === 0) task.lookups++
  }
  const fetch = createFetch(environment, call, countLookup)
  const worker = composition.start({ process: isolate, environment, call, fetch })
  // The same object: processes are compared by identity.
  const self: Isolate = Object.assign(isolate, { worker, faults: 0 })
  return self
}

function currentTask({ taskStorage }: IsolateEnvironment): Task {
  const task = taskStorage.getStore()
  if (task === undefined) throw new TypeError('Cannot find the calling task')
  return task
}
