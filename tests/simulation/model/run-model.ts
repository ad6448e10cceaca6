import fc from 'fast-check'
import { createDoors, type Entrance } from '../systems/http-app.ts'
import { type Deed, deeds } from './commands.ts'
import { Scene } from './fixture.ts'

/** What came of running the model against the product. */
export interface Modelled {
  readonly runs: number
  /** The shortest run of deeds that went wrong, and how; null when none did. */
  readonly wrong: string | null
  /** How often each deed was done, and each change of an order was seen. */
  readonly reach: Readonly<Record<string, number>>
}

/** Where deeds are done. The model lives in the scene, beside the product that it follows. */
interface On {
  readonly scene: Scene
}

/** A deed with its choice made, as fast-check keeps and shrinks it. */
class Step implements fc.AsyncCommand<On, On> {
  readonly #deed: Deed
  readonly #pick: number
  readonly #tell: (key: string) => void

  constructor(deed: Deed, pick: number, tell: (key: string) => void) {
    this.#deed = deed
    this.#pick = pick
    this.#tell = tell
  }

  check({ scene }: On): boolean {
    return this.#deed.can(scene)
  }

  async run({ scene }: On): Promise<void> {
    this.#tell(`deed ${this.#deed.name}`)
    scene.clock.step++
    scene.clock.ms += 20
    await this.#deed.run(scene, this.#pick)
  }

  toString(): string {
    return `${this.#deed.name}(${this.#pick})`
  }
}

/** Runs lists of up to `maxDeeds` deeds, each on a scene of its own, until one goes wrong. */
export async function runModel(
  runs: number,
  seed: number,
  build: () => Entrance = createDoors,
  maxDeeds = 100,
): Promise<Modelled> {
  const reach: Record<string, number> = {}
  const tell = (key: string): void => {
    reach[key] = (reach[key] ?? 0) + 1
  }
  const steps = deeds.flatMap((deed) =>
    Array.from({ length: deed.weight }, () =>
      fc.nat({ max: 63 }).map((pick) => new Step(deed, pick, tell)),
    ),
  )
  const property = fc.asyncProperty(
    fc.commands(steps, { maxCommands: maxDeeds, size: 'max' }),
    async (plan) => {
      const scene = new Scene(build, tell)
      await fc.asyncModelRun(() => ({ model: { scene }, real: { scene } }), plan)
      await scene.end()
    },
  )
  const { numRuns, counterexample, errorInstance } = await fc.check(property, {
    numRuns: runs,
    seed,
  })
  const [plan = []] = counterexample ?? []
  const wrong =
    counterexample === null
      ? null
      : `seed ${seed}: ${String(errorInstance)} after ${[...plan].join(', ')}`
  return { runs: numRuns, wrong, reach }
}
