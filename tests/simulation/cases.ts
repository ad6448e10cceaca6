/** How many cases each method of the simulation runs. */
export interface Cases {
  /** Schedules of the core. */
  readonly core: number
  /** How often the schedules of the core must hit each coverage point. */
  readonly minCoverage: number
  /** Schedules of the completion routes. */
  readonly app: number
  /** Schedules whose whole output is searched for secrets. */
  readonly secrets: number
  /** The most orderings that a race is enumerated with; larger ones are left out. */
  readonly orderings: number
  /** Schedules that are run with every fault at each of their calls. */
  readonly faultMatrices: number
  readonly model: number
  /** Inputs of each parser. */
  readonly inputs: number
  /** Histories of schedules, on D1. */
  readonly d1: number
  /** Seeds of the concurrent runs of the whole worker on D1: the first, and the one after the last. */
  readonly concurrent: readonly [from: number, to: number]
  /** Buyers who return after they paid. */
  readonly buyers: number
  /** Orders with accounts of strangers, and orders that are refunded in parts. */
  readonly money: number
}

/** What `npm run test:simulation` runs. */
export const all: Cases = {
  core: 1_000_000,
  minCoverage: 100,
  app: 100_000,
  secrets: 5_000,
  orderings: 756_756,
  faultMatrices: 100,
  model: 10_000,
  inputs: 100_000,
  d1: 1_000,
  concurrent: [0, 10],
  buyers: 4_000,
  money: 200,
}

/** What `npm test` runs: enough to see that each method works. */
export const sample: Cases = {
  core: 20_000,
  minCoverage: 1,
  app: 5_000,
  secrets: 1_000,
  orderings: 9_072,
  faultMatrices: 10,
  model: 1_000,
  inputs: 10_000,
  d1: 100,
  // The seed with the most faults.
  concurrent: [7, 8],
  buyers: 1_000,
  money: 50,
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly cases: Cases
  }
}
