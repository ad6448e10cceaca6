import { Command, InvalidArgumentError } from 'commander'
import { groups } from './groups.ts'

/** What is measured, and how much. */
export interface MicroPlan {
  readonly groups: readonly string[]
  readonly rounds: number
  /** The timed part of one contestant's round, in milliseconds. */
  readonly roundMs: number
  /** Generated cases on which the contestants of a group must agree. */
  readonly cases: number
}

/** Reads the plan from the command line. */
export function readMicroPlan(argv: readonly string[]): MicroPlan {
  const names = groups.map(({ name }) => name)
  const command = new Command('npm run bench -- --micro')
    .description('times the parts of a completion that compute, beside libraries for the same work')
    .option('--micro', 'this benchmark', true)
    .option('--quick', 'a fraction of everything, to see that it runs', false)
    .option('--rounds <number>', 'interleaved rounds, at least 20 for figures to quote', readCount)
    .option('--groups <names>', `some of ${names.join(',')}`, (text) => readGroups(text, names))
    .parse(argv)
  const options = command.opts<{ quick: boolean; rounds?: number; groups?: readonly string[] }>()
  const { quick } = options
  return {
    groups: options.groups ?? names,
    rounds: options.rounds ?? (quick ? 5 : 24),
    roundMs: quick ? 40 : 100,
    cases: quick ? 5_000 : 100_000,
  }
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}

function readGroups(text: string, names: readonly string[]): readonly string[] {
  const wanted = text.split(',')
  const found = names.filter((name) => wanted.includes(name))
  if (found.length < wanted.length) {
    throw new InvalidArgumentError(`Must be some of ${names.join(',')}.`)
  }
  return found
}
