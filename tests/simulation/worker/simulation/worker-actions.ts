import type { Action } from '../../engine/actions.ts'
import { minuteMs } from '../../engine/clock.ts'
import { drawWeighted } from '../../engine/prng.ts'
import { addToHash } from '../../engine/simulation-state.ts'
import { clockJumps } from '../../workload/notices.ts'
import type { IsolateEnvironment } from '../isolate-environment.ts'
import type { WorkerOperations } from './worker-operations.ts'
import type { WorkerState } from './worker-state.ts'

/** One schedule of the whole worker: what changes, what is around the workers, and what can be done to them. */
export interface WorkerRun {
  readonly state: WorkerState
  readonly environment: IsolateEnvironment
  readonly operations: WorkerOperations
}

const maxSteps = 200
const stepMs = 20

/** The steps of a schedule while faults last. Their order is part of what a seed means. */
const actions: readonly Action<WorkerRun>[] = [
  {
    weight: ({ environment }) => environment.scheduler.waiting,
    run: ({ environment }, at) => environment.scheduler.resume(at),
  },
  {
    weight: ({ operations }) => operations.merchantClient.uncreatedOrders * 3,
    run: ({ operations }) => operations.merchantClient.createOrder(),
  },
  {
    weight: ({ operations }) => operations.inbox.waiting,
    run: ({ operations }, at) => operations.inbox.deliver(at),
  },
  {
    weight: ({ environment }) => (environment.provider.upcoming().length > 0 ? 1 : 0),
    run: ({ operations }) => operations.inbox.advancePayment(),
  },
  {
    weight: ({ state }) => state.remaining.cron,
    run({ state: { remaining, prng, clock }, operations }) {
      remaining.cron--
      if (prng.below(2) === 1) operations.advanceClock(minuteMs - (clock.ms % minuteMs))
      // The platform may start a trigger twice.
      operations.cron(1 + prng.below(2))
    },
  },
  {
    weight: ({ state }) => state.remaining.request,
    run({ state, operations }) {
      state.remaining.request--
      operations.merchantClient.sendRequest()
    },
  },
  {
    weight: ({ state }) => state.remaining.jump,
    run({ state: { remaining, prng }, operations }) {
      remaining.jump--
      operations.advanceClock(clockJumps[prng.below(clockJumps.length)] ?? 0)
    },
  },
  {
    weight: ({ environment }) => environment.scheduler.lateEffects,
    run: ({ environment }, at) => environment.scheduler.applyLateEffect(at),
  },
  {
    weight: ({ environment }) => environment.queue.ready,
    run: ({ operations }) => operations.consume(),
  },
  {
    weight: ({ state, environment: { timers, scheduler } }) =>
      timers.waiting > 0 && (state.firesTimersEarly || scheduler.waiting === 0) ? 1 : 0,
    run: ({ environment }) => environment.timers.skipToNext(),
  },
]
/** One list for all schedules: it is filled and drawn from without a pause in between. */
const weights = new Int32Array(actions.length)

/** Takes one weighted step; false when no step is left. */
export function runWorkerStep(run: WorkerRun): boolean {
  const { state, operations } = run
  for (let kind = 0; kind < actions.length; kind++) {
    weights[kind] = actions[kind]?.weight(run) ?? 0
  }
  const choice = state.clock.step > maxSteps ? null : drawWeighted(state.prng, weights)
  if (choice === null) return false
  const { kind, at } = choice
  addToHash(state, kind * 64 + at)
  operations.advanceClock(stepMs)
  actions[kind]?.run(run, at)
  return true
}
