import type { Prng } from './prng.ts'
import { type CallOutcome, callOutcomes, type FaultPlan } from './scheduler.ts'

/** Weather that the seed makes, until it clears. */
export interface SeededFaultPlan extends FaultPlan {
  /** From now on nothing fails. */
  stop(): void
}

const faultPercents = [0, 4, 12, 30] as const

/** Makes the weather of one schedule: how much fails, and how often a process may die. */
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
