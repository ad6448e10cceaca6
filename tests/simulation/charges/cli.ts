import { mkdirSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { runCharges } from './run-charges.ts'
import { toTable } from './table.ts'
import { findFailures } from './verdict.ts'

const options = new Command('npm run capacity --')
  .description('charges subscriptions that are due at once, on workerd with a local D1 and a queue')
  .requiredOption('--charges <number>', 'subscriptions', readCount)
  .option('--provider-ms <number>', 'how long the provider takes to answer', readCount, 0)
  .parse()
  .opts<{ charges: number; providerMs: number }>()

mkdirSync('.cache/simulation', { recursive: true })
const { charges } = options
const result = await runCharges(options, (booked) =>
  process.stderr.write(`\r${booked} of ${charges} `),
)
process.stderr.write('\n')
process.stdout.write(`${toTable(result)}\n`)
process.exitCode = findFailures(result).length === 0 ? 0 : 1

function readCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}
