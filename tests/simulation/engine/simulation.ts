import type { Checkpoint, History } from '../checkers/history.ts'
import type { SystemUnderTest } from '../systems/system.ts'
import { maxResends } from '../workload/notices.ts'
import { generateWorkload, startMs } from '../workload/payments.ts'
import { runStep } from './actions.ts'
import type { SimulatedClock } from './clock.ts'
import { collectHistory } from './collect-history.ts'
import type { Coverage } from './coverage.ts'
import { createFakeDatabase } from './fake-database.ts'
import { createFakeMerchant } from './fake-merchant.ts'
import { createFaultPlan, type SeededFaultPlan } from './fault-plan.ts'
import type { Prng } from './prng.ts'
import { createRecovery } from './recovery.ts'
import { createScheduler } from './scheduler.ts'
import type { SimulationState } from './simulation-state.ts'
import { createObserver } from './tasks.ts'

/** One schedule. It advances step by step; between two steps every task runs until it waits again. */
export interface Simulation {
  /** Takes one step; false when none is left. */
  step(): boolean
  /** What can be checked now, or null between two checkpoints. */
  readonly checkpoint: Checkpoint | null
  collectHistory(): History
  /** A number that two runs of one seed share, and two seeds hardly ever do. */
  readonly hash: number
}

/** What a simulation may be given otherwise than by its seed. */
export interface SimulationOptions {
  /** Called once per trace line: actor, action, outcome. */
  readonly log?: (line: string) => void
  readonly faultPlan?: SeededFaultPlan
  readonly createDatabase?: typeof createFakeDatabase
}

/** Makes the simulation of one schedule. */
export function createSimulation(
  prng: Prng,
  system: SystemUnderTest,
  coverage: Coverage,
  options: SimulationOptions = {},
): Simulation {
  const state = createState(prng, system, coverage, options)
  const recovery = createRecovery(state)
  return {
    step() {
      state.clock.step++
      if (!state.isRecovering) {
        if (runStep(state)) return true
        state.isRecovering = true
        state.faultPlan.stop()
      }
      return recovery.step()
    },
    get checkpoint() {
      return recovery.checkpoint
    },
    collectHistory: () => collectHistory(state, state.responses, state.running.length),
    get hash() {
      return state.hash >>> 0
    },
  }
}

/** The order of the draws below is part of what a seed means. */
function createState(
  prng: Prng,
  system: SystemUnderTest,
  coverage: Coverage,
  { log, createDatabase = createFakeDatabase, ...given }: SimulationOptions,
): SimulationState {
  const clock: SimulatedClock = { step: 0, ms: startMs }
  const workload = generateWorkload(prng, system.paymentCounts)
  // An order expires only by sweeps after its last due date.
  const forExpiry = workload.payments.every(({ plan }) => plan.isAccount) ? 2 : 0
  const faultPlan = given.faultPlan ?? createFaultPlan(prng)
  const state: SimulationState = {
    prng,
    system,
    coverage,
    log,
    clock,
    workload,
    faultPlan,
    resends: prng.below(2) === 1 ? maxResends : 0,
    losesNotices: prng.below(8) === 7,
    remaining: {
      deliver: prng.below(3),
      sweep: prng.below(3) + forExpiry,
      jump: prng.below(3) + forExpiry,
    },
    database: createDatabase(clock, system.guards),
    merchant: createFakeMerchant(),
    scheduler: createScheduler(
      faultPlan,
      createObserver(() => state),
    ),
    paymentsWithoutOrder: [],
    responses: [],
    inbound: [],
    uncreatedOrders: [...workload.orders],
    queue: [],
    queuedEvents: 0,
    processes: [{ id: 1 }, { id: 2 }],
    running: [],
    tasksStarted: 0,
    isRecovering: false,
    hash: 0x811c9dc5,
  }
  return state
}
