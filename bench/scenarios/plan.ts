import { Command } from 'commander'

/** How much of each scenario is run. */
export interface ScenarioPlan {
  /** Whether most subjects are left out of most scenarios. */
  readonly isQuick: boolean
  readonly rounds: number
  /** Timed completions of one leg; each subject has two legs in a round. */
  readonly completions: number
  /** Completions before each leg that are not timed. */
  readonly burst: number
  /** Completions of a subject before its rate is measured: it is measured as it runs after its code was compiled. */
  readonly warmUp: number
  readonly connections: number
  /** Completions by which the highest rate of a subject is estimated. */
  readonly peak: number
  /** The distance of the provider where it has one. */
  readonly latencyMs: number
  /** How long requests arrive at a rate. */
  readonly arrivalSeconds: number
  /** Orders whose three messages arrive in any order. */
  readonly threefold: number
  readonly duplicates: number
  readonly unknown: number
  /** How long payments are completed while tokens expire. */
  readonly expirySeconds: number
  /** Completions while some calls get no response. */
  readonly stalled: number
  readonly heapRequests: number
  readonly coldStarts: number
  /** Completions that arrive together at a server that has not served a request. */
  readonly first: number
}

const quickPlan: ScenarioPlan = {
  isQuick: true,
  rounds: 2,
  completions: 100,
  burst: 50,
  warmUp: 100,
  connections: 64,
  peak: 400,
  latencyMs: 30,
  arrivalSeconds: 1,
  threefold: 200,
  duplicates: 1_000,
  unknown: 1_000,
  expirySeconds: 3,
  stalled: 60,
  heapRequests: 5_000,
  coldStarts: 3,
  first: 1_000,
}

const plan: ScenarioPlan = {
  isQuick: false,
  rounds: 4,
  completions: 1_000,
  burst: 100,
  warmUp: 4_000,
  connections: 64,
  peak: 1_500,
  latencyMs: 30,
  arrivalSeconds: 5,
  threefold: 500,
  duplicates: 10_000,
  unknown: 10_000,
  expirySeconds: 8,
  stalled: 400,
  heapRequests: 100_000,
  coldStarts: 20,
  first: 1_000,
}

const fullPlan: ScenarioPlan = {
  ...plan,
  rounds: 10,
  completions: 2_000,
  arrivalSeconds: 30,
  heapRequests: 1_000_000,
  coldStarts: 100,
}

/** What the command line asks for. */
export interface ScenarioOptions {
  readonly plan: ScenarioPlan
  /** The names of the scenarios to run; null for all. */
  readonly only: readonly string[] | null
}

/** Reads the plan from the command line. */
export function readScenarioPlan(argv: readonly string[]): ScenarioOptions {
  const command = new Command('npm run bench -- --scenarios')
    .description('what a payment server has to withstand, by ours and by others on Node')
    .option('--scenarios', 'this benchmark', true)
    .option('--quick', 'a fraction of everything, to see that it runs', false)
    .option('--full', 'a million requests for the heap, 100 starts, longer runs', false)
    .option('--only <names>', 'some scenarios, by their names in the table', (names) =>
      names.split(','),
    )
    .parse(argv)
  const { quick, full, only } = command.opts<{
    quick: boolean
    full: boolean
    only?: readonly string[]
  }>()
  return { plan: full ? fullPlan : quick ? quickPlan : plan, only: only ?? null }
}
