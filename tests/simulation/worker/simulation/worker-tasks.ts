import {
  createScheduler,
  type Process,
  type SchedulerObserver,
  type Task,
} from '../../engine/scheduler.ts'
import { addToHash } from '../../engine/simulation-state.ts'
import { createFakeQueue } from '../bindings/queue.ts'
import { createTimers } from '../bindings/timers.ts'
import type { WorkerContext } from '../context.ts'
import { createWriteLog } from '../history/write-log.ts'
import { startIsolate } from '../isolate.ts'
import type { IsolateEnvironment } from '../isolate-environment.ts'
import { createEventReceiver } from '../peers/event-receiver.ts'
import { createFakeProvider } from '../peers/fake-provider.ts'
import { logInternalError, type RunningWorkerTask, type WorkerState } from './worker-state.ts'

/** Makes everything around the workers of a schedule, and starts two of them. */
export function createEnvironment(state: WorkerState): IsolateEnvironment {
  const { workload, merchant, clock, prng, composition, faultPlan, taskStorage, logLines } = state
  const environment: IsolateEnvironment = {
    writeLog: createWriteLog(clock),
    provider: createFakeProvider(workload.payments, clock),
    receiver: createEventReceiver(merchant, clock),
    queue: createFakeQueue(clock),
    timers: createTimers(clock, (process) => countFault(state, process)),
    scheduler: createScheduler<string>(
      faultPlan,
      createObserver(state, () => environment),
    ),
    clock,
    prng,
    taskStorage,
    logLines,
    isMerchantDown: () => state.isMerchantDown,
    track: (process, work) =>
      trackTask(state, { process, name: 'afterwards', faults: 0, lookups: 0 }, work),
  }
  state.isolates = [1, 2].map((id) => startIsolate(id, environment, composition))
  return environment
}

/** Makes what the clients of the workers share. */
export function createContext(state: WorkerState, { provider }: IsolateEnvironment): WorkerContext {
  const { workload, clock, prng, responseLog, taskStorage, count, log } = state
  return {
    workload,
    clock,
    prng,
    provider,
    responseLog,
    startTask(name, work, onCrash) {
      const isolate = state.isolates[prng.below(2)]
      if (isolate === undefined) return
      const task: Task = { process: isolate, name, faults: 0, lookups: 0 }
      const started = taskStorage.run(task, () => work(isolate, task))
      trackTask(state, task, started, onCrash)
    },
    faultsOf: ({ process }) => state.isolates.find((each) => each === process)?.faults ?? 1,
    areFaultsOver: () => state.isRecovering,
    count,
    addToHash: (value) => addToHash(state, value),
    log,
  }
}

function createObserver(
  state: WorkerState,
  environment: () => IsolateEnvironment,
): SchedulerObserver<string> {
  const { count, log } = state
  return {
    onCall(name, { process, name: taskName }, outcome) {
      count(`${name} | ${outcome}`)
      addToHash(state, name.length * 31 + outcome.length + process.id * 1000)
      log(`${taskName} | ${name} | ${outcome}`)
      if (outcome !== 'ok') countFault(state, process)
    },
    onCrash(process) {
      log(`process ${process.id} | crashes | `)
      state.isolates = state.isolates.map((each) =>
        each === process ? startIsolate(each.id + 2, environment(), state.composition) : each,
      )
      environment().timers.drop(process)
      const lost = state.running.filter(({ task }) => task.process === process)
      state.running = state.running.filter(({ task }) => task.process !== process)
      for (const { onCrash } of lost) onCrash()
    },
  }
}

function trackTask(
  state: WorkerState,
  task: Task,
  work: Promise<unknown>,
  onCrash = (): void => {},
): void {
  const entry: RunningWorkerTask = { task, onCrash }
  state.running.push(entry)
  const end = (): void => {
    state.running = state.running.filter((each) => each !== entry)
  }
  work.then(end, (cause: unknown) => {
    end()
    logInternalError(state, `${task.name} threw ${String(cause)}`)
  })
}

function countFault({ isolates }: WorkerState, { id }: Process): void {
  const isolate = isolates.find((each) => each.id === id)
  if (isolate !== undefined) isolate.faults++
}
