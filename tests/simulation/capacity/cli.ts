import { mkdirSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Plan } from '../platform/environment/limits.ts'
import { runCapacity } from './capacity.ts'
import { type TimedResult, toTable } from './table.ts'
import { findFailures } from './verdict.ts'

// Every call ends with the abort of its timer, and the stack of that is never read.
Error.stackTraceLimit = 0

const folder = '.cache/simulation'

const options = new Command('npm run capacity --')
  .description('runs a shop for many days on the limits of the platform, and shows what it costs')
  .option('--days <number>', 'days', readCount, 60)
  .option('--orders <number>', 'paid orders a day', readCount, 10_000)
  .option('--seed <number>', 'decides when orders come and how they are paid', readCount, 1)
  .addOption(new Option('--plan <name>', 'one plan only').choices(['free', 'paid']))
  .parse()
  .opts<{ days: number; orders: number; seed: number; plan?: Plan }>()

mkdirSync(folder, { recursive: true })
const runs: TimedResult[] = []
for (const plan of options.plan === undefined ? (['paid', 'free'] as const) : [options.plan]) {
  const since = performance.now()
  const { days, seed, orders: ordersPerDay } = options
  const file = `${folder}/capacity-${plan}.sqlite`
  const result = await runCapacity({ plan, days, ordersPerDay, seed, file }, (day) =>
    process.stderr.write(`\r${plan} plan: day ${day} of ${days} `),
  )
  process.stderr.write('\n')
  runs.push({ result, seconds: (performance.now() - since) / 1_000 })
}
process.stdout.write(`${toTable(runs)}\n`)
process.exitCode = runs.every(({ result }) => findFailures(result).length === 0) ? 0 : 1

function readCount(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}
