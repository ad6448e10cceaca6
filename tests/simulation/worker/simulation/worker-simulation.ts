import type { Prng } from '../../engine/prng.ts'
import { runWorkerStep, type WorkerRun } from './worker-actions.ts'
import { createWorkerOperations } from './worker-operations.ts'
import { createWorkerRecovery } from './worker-recovery.ts'
import { createWorkerState, type WorkerSimulationOptions } from './worker-state.ts'
import { createContext, createEnvironment } from './worker-tasks.ts'

/** One schedule of the whole worker. It advances step by step; in between every task runs until it waits. */
export interface WorkerSimulation {
  /** Takes one step; false when none is left. */
  step(): boolean
  /** The violations that the checks found so far. */
  readonly violations: readonly string[]
  /** A number that two runs of one seed share, and two seeds hardly ever do. */
  readonly hash: number
}

/** Makes the simulation of one schedule of the whole worker. */
export function createWorkerSimulation(
  prng: Prng,
  options: WorkerSimulationOptions,
): WorkerSimulation {
  const state = createWorkerState(prng, options)
  const environment = createEnvironment(state)
  const context = createContext(state, environment)
  const operations = createWorkerOperations(state, environment, context)
  const run: WorkerRun = { state, environment, operations }
  const recovery = createWorkerRecovery(run)
  return {
    step() {
      state.clock.step++
      if (!state.isRecovering) {
        if (runWorkerStep(run)) return true
        state.isRecovering = true
        state.faultPlan.stop()
      }
      return recovery.step()
    },
    get violations() {
      return recovery.violations
    },
    get hash() {
      return state.hash >>> 0
    },
  }
}
