import { Command, InvalidArgumentError } from 'commander'
import { type DatabaseKind, databaseKinds } from './databases.ts'

/** What is measured, and how much. */
export interface NodePlan {
  readonly databases: readonly DatabaseKind[]
  readonly rounds: number
  /** Timed completions of one leg; each subject has two legs in a round. */
  readonly completions: number
  /** Completions before each leg that are not timed. */
  readonly burst: number
  /** Completions of each subject before its first leg: it is measured as it runs after its code was compiled. */
  readonly warmUp: number
  readonly connections: number
  /** Completions one at a time, per leg, with the provider at its distance. */
  readonly singles: number
  readonly latencyMs: number
  /** Numbers of stored orders at which commits are timed; none to leave this out. */
  readonly sizes: readonly number[]
  /** Timed commits per size. */
  readonly commits: number
}

/** Reads the plan from the command line. */
export function readNodePlan(argv: readonly string[]): NodePlan {
  const command = new Command('npm run bench -- --node')
    .description(
      'compares completions on Node and each database with a bare handler and the sample',
    )
    .option('--node', 'this benchmark', true)
    .option('--quick', 'a fraction of everything, to see that it runs', false)
    .option('--rounds <number>', 'interleaved rounds', readCount)
    .option('--databases <names>', `some of ${databaseKinds.join(',')}`, readDatabases)
    .option('--growth', 'the time of a commit from a thousand to a million orders', false)
    .parse(argv)
  const options = command.opts<{
    quick: boolean
    rounds?: number
    databases?: readonly DatabaseKind[]
    growth: boolean
  }>()
  const { quick } = options
  return {
    databases: options.databases ?? databaseKinds,
    rounds: options.rounds ?? (quick ? 2 : 4),
    completions: quick ? 200 : 1_000,
    burst: quick ? 50 : 200,
    warmUp: quick ? 0 : 4_000,
    connections: 64,
    singles: quick ? 20 : 150,
    latencyMs: 30,
    sizes: options.growth ? (quick ? [1_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000]) : [],
    commits: quick ? 200 : 1_000,
  }
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}

function readDatabases(text: string): readonly DatabaseKind[] {
  const names = text.split(',')
  const found = databaseKinds.filter((kind) => names.includes(kind))
  if (found.length < names.length) {
    throw new InvalidArgumentError(`Must be some of ${databaseKinds.join(',')}.`)
  }
  return found
}
