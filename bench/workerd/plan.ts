import { Command, InvalidArgumentError } from 'commander'

/** What is measured on workerd, and how much. */
export interface WorkerdPlan {
  /** Rounds under load; each subject has two legs in one. */
  readonly rounds: number
  /** Timed completions of one leg. */
  readonly completions: number
  /** Completions before each leg that are not timed. */
  readonly burst: number
  /** Completions of each subject before its first leg: it is measured as it runs after its code was compiled. */
  readonly warmUp: number
  readonly connections: number
  /** Rounds of completions one at a time, with the provider at its distance. */
  readonly latencyRounds: number
  /** Completions one at a time, per leg. */
  readonly singles: number
  readonly latencyMs: number
  /** Completions that arrive together at a server that has not served a request. */
  readonly cold: number
  /** Payments of a wrong amount. */
  readonly forgeries: number
  /** Webhooks of one storm. */
  readonly storm: number
  /** New processes whose start is measured, with our worker and with an empty one. */
  readonly starts: number
}

/** Reads the plan from the command line. */
export function readPlan(argv: readonly string[]): WorkerdPlan {
  const command = new Command('npm run bench --')
    .description('compares completions on workerd with a bare worker and the sample')
    .option('--quick', 'a fraction of everything, to see that it runs', false)
    .option('--rounds <number>', 'interleaved rounds', readCount)
    .parse(argv)
  const { quick, rounds } = command.opts<{ quick: boolean; rounds?: number }>()
  return {
    rounds: rounds ?? (quick ? 2 : 4),
    completions: quick ? 200 : 600,
    burst: quick ? 50 : 100,
    warmUp: quick ? 0 : 1_500,
    connections: 64,
    latencyRounds: quick ? 1 : 3,
    singles: quick ? 20 : 40,
    latencyMs: 30,
    cold: quick ? 200 : 1_000,
    forgeries: 100,
    storm: quick ? 1_000 : 10_000,
    starts: quick ? 4 : 20,
  }
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}
