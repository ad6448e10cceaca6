import type { Chance } from './prng.ts'
import { type Fate, fates, type Weather } from './scheduler.ts'

/** Weather that the seed makes, until it clears. */
export interface SeededWeather extends Weather {
  /** From now on nothing fails. */
  clear(): void
}

const climates = [0, 4, 12, 30] as const

/** Makes the weather of one schedule: how much fails, and how often a process may die. */
export function createWeather(chance: Chance): SeededWeather {
  let percent = climates[chance.below(climates.length)] ?? 0
  let deaths = chance.below(4)
  return {
    fateOf(): Fate {
      if (percent === 0 || chance.below(100) < 100 - percent) return 'ok'
      return fates[1 + chance.below(fates.length - 1)] ?? 'ok'
    },
    crashAt() {
      if (deaths === 0) return 'no'
      const draw = chance.below(40)
      if (draw < 38) return 'no'
      deaths--
      return draw === 38 ? 'before' : 'after'
    },
    clear() {
      percent = 0
      deaths = 0
    },
  }
}
