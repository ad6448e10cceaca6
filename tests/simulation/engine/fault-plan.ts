import type { Prng } from './prng.ts'
import { type CallOutcome, callOutcomes, type FaultPlan } from './scheduler.ts'

/** A fault plan that a seed makes, until it is stopped. */
export interface SeededFaultPlan extends FaultPlan {
  /** From now on nothing fails. */
  stop(): void
}

const faultPercents = [0, 4, 12, 30] as const

/** Makes the fault plan of one schedule: how many calls fail, and how often a process may crash. */
export function createFaultPlan(prng: Prng): SeededFaultPlan {
  let percent = faultPercents[prng.below(faultPercents.length)] ?? 0
  let crashesLeft = prng.below(4)
  return {
    outcomeOf(): CallOutcome {
      if (percent === 0 || prng.below(100) < 100 - percent) return 'ok'
      return callOutcomes[1 + prng.below(callOutcomes.length - 1)] ?? 'ok'
    },
    crashAt() {
      if (crashesLeft === 0) return 'no'
      const draw = prng.below(40)
      if (draw < 38) return 'no'
      crashesLeft--
      return draw === 38 ? 'before' : 'after'
    },
    stop() {
      percent = 0
      crashesLeft = 0
    },
  }
}
