import type { SimulatedClock } from '../../engine/clock.ts'
import { startMs } from '../../workload/payments.ts'

/** A clock of which each read gives a later step, so that steps order what real concurrency does. */
export function createSteppingClock(): SimulatedClock {
  let step = 0
  return {
    ms: startMs,
    get step() {
      return ++step
    },
    set step(at) {
      step = at
    },
  }
}
