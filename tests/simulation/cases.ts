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
  /** Schedules of the whole server on Node and SQLite. */
  readonly node: number
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
  /** Storms on database servers that are killed. */
  readonly storms: number
  /** The histories of each storm. */
  readonly stormHistories: number
  /** Every how many guards one is removed. */
  readonly guardStep: number
  /** Subscriptions of 24 months. */
  readonly subscriptions: number
  /** Runs of the server with four subscriptions of 24 months. */
  readonly subscriptionServers: number
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
  node: 600,
  inputs: 100_000,
  d1: 1_000,
  concurrent: [0, 10],
  buyers: 4_000,
  money: 200,
  storms: 6,
  stormHistories: 30,
  guardStep: 1,
  subscriptions: 100_000,
  subscriptionServers: 50,
}

/** What `.ci/run` runs: every method, within half an hour on two cores. */
export const ci: Cases = {
  core: 150_000,
  minCoverage: 15,
  app: 20_000,
  secrets: 1_000,
  orderings: 756_756,
  faultMatrices: 20,
  model: 2_000,
  node: 200,
  inputs: 50_000,
  d1: 300,
  concurrent: [4, 8],
  buyers: 1_000,
  money: 50,
  storms: 2,
  stormHistories: 20,
  guardStep: 3,
  subscriptions: 1_000,
  subscriptionServers: 1,
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
  node: 200,
  inputs: 10_000,
  d1: 100,
  // The seed with the most faults.
  concurrent: [7, 8],
  buyers: 1_000,
  money: 50,
  storms: 2,
  stormHistories: 10,
  guardStep: 3,
  subscriptions: 300,
  subscriptionServers: 1,
}

declare module 'vitest' {
  export interface ProvidedContext {
    readonly cases: Cases
  }
}
