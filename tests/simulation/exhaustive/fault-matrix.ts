import { createCoverage } from '../engine/coverage.ts'
import type { SeededFaultPlan } from '../engine/fault-plan.ts'
import { createPrng } from '../engine/prng.ts'
import { runSimulations } from '../engine/run-schedules.ts'
import { callOutcomes, type OutcomeOrCrash } from '../engine/scheduler.ts'
import { createSimulation, type Simulation } from '../engine/simulation.ts'
import { quayside } from '../systems/system.ts'

// Every outcome of a call at every call of a schedule: enumerated, not sampled.

/** One call of a schedule, by its number, and its outcome. */
interface PlacedFault {
  readonly at: number
  readonly outcome: OutcomeOrCrash
}

const allFaults: readonly OutcomeOrCrash[] = [
  ...callOutcomes.slice(1),
  'crash before',
  'crash after',
]

/** A fault plan in which exactly the named calls fail. */
function planFaults(
  placedFaults: readonly PlacedFault[],
): SeededFaultPlan & { readonly calls: number } {
  let calls = 0
  let isStopped = false
  let due: OutcomeOrCrash = 'ok'
  return {
    crashAt() {
      calls++
      due = isStopped ? 'ok' : (placedFaults.find((each) => each.at === calls)?.outcome ?? 'ok')
      if (due === 'crash before') return 'before'
      return due === 'crash after' ? 'after' : 'no'
    },
    outcomeOf: () => (due === 'crash before' || due === 'crash after' ? 'ok' : due),
    stop() {
      isStopped = true
    },
    get calls() {
      return calls
    },
  }
}

/** The result of a fault matrix. */
export interface FaultMatrixResult {
  readonly schedules: number
  readonly violations: readonly string[]
}

/** Runs a schedule with every fault at each of its calls, or with every two faults at every two calls. */
export async function runFaultMatrix(
  seed: number,
  combination: 'singles' | 'pairs',
): Promise<FaultMatrixResult> {
  const faultless = planFaults([])
  await runSimulations([createFaultySimulation(seed, faultless)])
  const singles = Array.from({ length: faultless.calls }, (_, at) => at + 1).flatMap((at) =>
    allFaults.map((outcome): PlacedFault => ({ at, outcome })),
  )
  const violations: string[] = []
  let schedules = 0
  for (const plans of toBatches(
    combination === 'singles' ? singles.map((one) => [one]) : pairs(singles),
  )) {
    const results = await runSimulations(
      plans.map((plan) => createFaultySimulation(seed, planFaults(plan))),
    )
    schedules += plans.length
    for (const [at, found] of results.entries()) {
      if (found.length > 0)
        violations.push(`seed ${seed}, ${JSON.stringify(plans[at])}: ${found[0]}`)
    }
  }
  return { schedules, violations: violations.slice(0, 5) }
}

function createFaultySimulation(seed: number, faultPlan: SeededFaultPlan): Simulation {
  return createSimulation(createPrng(seed), quayside, createCoverage(), { faultPlan })
}

function* pairs(singles: readonly PlacedFault[]): Generator<readonly PlacedFault[]> {
  for (const one of singles) {
    for (const other of singles) if (one.at < other.at) yield [one, other]
  }
}

function* toBatches<T>(all: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = []
  for (const each of all) {
    batch.push(each)
    if (batch.length < 64) continue
    yield batch
    batch = []
  }
  yield batch
}
