import { Command, InvalidArgumentError } from 'commander'

/** What is measured, and how much. */
export interface Plan {
  /** The latency of the provider, in milliseconds. */
  readonly latencyMs: number
  readonly rounds: number
  /** Completions per subject under load, over all rounds. */
  readonly completions: number
  /** Completions per subject one at a time, per leg; each round has two legs of each subject. */
  readonly singles: number
  /** Completions that arrive together at a server that has not served a request. */
  readonly cold: number
  readonly connections: number
  /** Payments of a wrong amount that are sent afterwards. */
  readonly forgeries: number
}

/** Reads the plan from the command line. */
export function readPlan(argv: readonly string[]): Plan {
  const command = new Command('npm run bench --')
    .description("compares completions by Quayside and by the vendor's sample")
    .option('--quick', 'a fifth of everything, to see that it runs', false)
    .option('--rounds <number>', 'interleaved rounds, at least 5 for figures to quote', readCount)
    .option('--completions <number>', 'completions per subject under load', readCount)
    .parse(argv)
  const options = command.opts<{ quick: boolean; rounds?: number; completions?: number }>()
  const rounds = options.rounds ?? (options.quick ? 2 : 5)
  return {
    latencyMs: 30,
    rounds,
    completions: options.completions ?? (options.quick ? 2_000 : 10_000),
    singles: options.quick ? 25 : 60,
    cold: 1_000,
    connections: 64,
    forgeries: 100,
  }
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}
