import { createReach } from '../engine/coverage.ts'
import type { SeededWeather } from '../engine/fault-plan.ts'
import { createChance } from '../engine/prng.ts'
import { runWorlds } from '../engine/run-schedules.ts'
import { type Fate, fates } from '../engine/scheduler.ts'
import { createWorld, type World } from '../engine/simulation.ts'
import { quayside } from '../systems/system.ts'

// The whole menu of what can become of a call, served at every call of a schedule: not sampled.

type Serving = Fate | 'crash before' | 'crash after'

/** One call of a schedule, by its number, and what becomes of it. */
interface Course {
  readonly at: number
  readonly serving: Serving
}

const servings: readonly Serving[] = [...fates.slice(1), 'crash before', 'crash after']

/** Weather in which exactly the named calls fare badly. */
function serve(courses: readonly Course[]): SeededWeather & { readonly calls: number } {
  let calls = 0
  let isOver = false
  let due: Serving = 'ok'
  return {
    crashAt() {
      calls++
      due = isOver ? 'ok' : (courses.find((each) => each.at === calls)?.serving ?? 'ok')
      if (due === 'crash before') return 'before'
      return due === 'crash after' ? 'after' : 'no'
    },
    fateOf: () => (due === 'crash before' || due === 'crash after' ? 'ok' : due),
    clear() {
      isOver = true
    },
    get calls() {
      return calls
    },
  }
}

/** What came of serving the menu. */
export interface Served {
  readonly schedules: number
  readonly wrong: readonly string[]
}

/** Serves every fate at every call of a schedule, or every two fates at every two calls. */
export async function serveMenu(seed: number, courses: 'singles' | 'pairs'): Promise<Served> {
  const plain = serve([])
  await runWorlds([build(seed, plain)])
  const singles = Array.from({ length: plain.calls }, (_, at) => at + 1).flatMap((at) =>
    servings.map((serving): Course => ({ at, serving })),
  )
  const wrong: string[] = []
  let schedules = 0
  for (const meals of split(courses === 'singles' ? singles.map((one) => [one]) : pairs(singles))) {
    const results = await runWorlds(meals.map((meal) => build(seed, serve(meal))))
    schedules += meals.length
    for (const [at, broken] of results.entries()) {
      if (broken.length > 0) wrong.push(`seed ${seed}, ${JSON.stringify(meals[at])}: ${broken[0]}`)
    }
  }
  return { schedules, wrong: wrong.slice(0, 5) }
}

function build(seed: number, weather: SeededWeather): World {
  return createWorld(createChance(seed), quayside, createReach(), { weather })
}

function* pairs(singles: readonly Course[]): Generator<readonly Course[]> {
  for (const one of singles) {
    for (const other of singles) if (one.at < other.at) yield [one, other]
  }
}

function* split<T>(all: Iterable<T>): Generator<readonly T[]> {
  let batch: T[] = []
  for (const each of all) {
    batch.push(each)
    if (batch.length < 64) continue
    yield batch
    batch = []
  }
  yield batch
}
