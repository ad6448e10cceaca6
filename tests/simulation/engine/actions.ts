import { clockJumps } from '../workload/notices.ts'
import {
  advancePayment,
  createOrder,
  deliverEvents,
  deliverNotice,
  hasUpcoming,
  runJob,
} from './operations.ts'
import { drawWeighted } from './prng.ts'
import { addToHash, type SimulationState } from './simulation-state.ts'

/** One kind of step that a schedule can take. */
export interface Action<State> {
  /** How many steps of this kind there are to choose from; zero when there is none. */
  weight(state: State): number
  /** Takes the chosen one. */
  run(state: State, at: number): void
}

const maxSteps = 160
const stepMs = 20

/** The steps of a schedule while faults last. Their order is part of what a seed means. */
const actions: readonly Action<SimulationState>[] = [
  {
    weight: ({ scheduler }) => scheduler.waiting,
    run: ({ scheduler }, at) => scheduler.resume(at),
  },
  { weight: ({ uncreatedOrders }) => uncreatedOrders.length * 3, run: createOrder },
  { weight: ({ inbound }) => inbound.length, run: deliverNotice },
  { weight: (state) => (hasUpcoming(state) ? 1 : 0), run: advancePayment },
  {
    weight: ({ remaining }) => remaining.deliver,
    run(state) {
      state.remaining.deliver--
      deliverEvents(state, null)
    },
  },
  {
    weight: ({ remaining }) => remaining.sweep,
    run(state) {
      state.remaining.sweep--
      runJob(state, 'sweep')
    },
  },
  {
    weight: ({ remaining }) => remaining.jump,
    run({ remaining, clock, prng }) {
      remaining.jump--
      clock.ms += clockJumps[prng.below(clockJumps.length)] ?? 0
    },
  },
  {
    weight: ({ scheduler }) => scheduler.lateEffects,
    run: ({ scheduler }, at) => scheduler.applyLateEffect(at),
  },
  {
    weight: ({ queue }) => queue.length,
    run: (state, at) => deliverEvents(state, state.queue.splice(at, 1)[0] ?? null),
  },
]
/** One list for all schedules: it is filled and drawn from without a pause in between. */
const weights = new Int32Array(actions.length)

/** Takes one weighted step; false when no step is left. */
export function runStep(state: SimulationState): boolean {
  const { database, clock, prng } = state
  if (database.events.length > state.queuedEvents) enqueue(state)
  for (let kind = 0; kind < actions.length; kind++) {
    weights[kind] = actions[kind]?.weight(state) ?? 0
  }
  const choice = clock.step > maxSteps ? null : drawWeighted(prng, weights)
  if (choice === null) return false
  const { kind, at } = choice
  addToHash(state, kind * 64 + at)
  clock.ms += stepMs
  actions[kind]?.run(state, at)
  return true
}

/** Puts the new events on the queue, which may lose one, repeat it, or be late. */
function enqueue(state: SimulationState): void {
  const { database, prng, queue } = state
  for (const { id } of database.events.slice(state.queuedEvents)) {
    for (let left = prng.below(4) === 3 ? 0 : 1 + prng.below(2); left > 0; left--) queue.push(id)
  }
  state.queuedEvents = database.events.length
}
