import type { Checkpoint } from '../checkers/history.ts'
import { dayMs, minuteMs } from './clock.ts'
import {
  advancePayment,
  createOrder,
  deliverEvents,
  deliverNotice,
  hasUpcoming,
  runJob,
} from './operations.ts'
import type { SimulationState } from './simulation-state.ts'

//  work under way ends ─► a minute ─► a minute ─► check ─► a day, audit ─► what is left is sent ─► check

/** What follows once the faults are over. */
export interface Recovery {
  /** Takes one step; false after the last. */
  step(): boolean
  /** What can be checked now, or null between two checkpoints. */
  readonly checkpoint: Checkpoint | null
}

/** Each phase gives whether another step follows. */
type Phase = (state: SimulationState, progress: Progress) => boolean

interface Progress {
  phase: number
  /** How many events there were before the latest minutely jobs. */
  eventsBefore: number
  checkpoint: Checkpoint | null
}

const phases: readonly Phase[] = [
  (state, progress) => {
    state.clock.ms += minuteMs
    return runMinutelyJobs(state, progress)
  },
  (state, progress) => {
    const { clock, database } = state
    clock.ms += minuteMs
    // After a minute without an event another minute would change nothing.
    const isQuiet = database.events.length === progress.eventsBefore && !database.hasUndelivered()
    return isQuiet || runMinutelyJobs(state, progress)
  },
  (_, progress) => {
    progress.checkpoint = 'minutes'
    return true
  },
  (state) => {
    state.clock.ms += dayMs
    runJob(state, 'audit')
    return true
  },
  (state) => {
    if (state.database.hasUndelivered()) deliverEvents(state, null)
    return true
  },
  (_, progress) => {
    progress.checkpoint = 'day'
    return false
  },
]

export function createRecovery(state: SimulationState): Recovery {
  const progress: Progress = { phase: 0, eventsBefore: -1, checkpoint: null }
  return {
    step() {
      progress.checkpoint = null
      if (progress.phase === 0) drain(state)
      if (state.scheduler.waiting > 0) {
        state.scheduler.resumeAll()
        return true
      }
      return phases[progress.phase++]?.(state, progress) ?? false
    },
    get checkpoint() {
      return progress.checkpoint
    },
  }
}

/** What the workload still holds takes place. */
function drain(state: SimulationState): void {
  const { uncreatedOrders, scheduler, inbound, queue } = state
  while (uncreatedOrders.length > 0) createOrder(state)
  while (hasUpcoming(state)) advancePayment(state)
  while (scheduler.lateEffects > 0) scheduler.applyLateEffect(0)
  while (inbound.length > 0) deliverNotice(state, 0)
  for (const id of queue.splice(0)) deliverEvents(state, id)
}

function runMinutelyJobs(state: SimulationState, progress: Progress): boolean {
  progress.eventsBefore = state.database.events.length
  runJob(state, 'sweep')
  deliverEvents(state, null)
  return true
}
