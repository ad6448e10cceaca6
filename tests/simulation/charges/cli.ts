import { mkdirSync, readFileSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { simulateHour } from './hour/simulate-hour.ts'
import { toTable as toHourTable } from './hour/table.ts'
import { findFailures as findHourFailures } from './hour/verdict.ts'
import { runCharges } from './workerd/run-charges.ts'
import { toTable } from './workerd/table.ts'
import { findFailures } from './workerd/verdict.ts'

// Every call ends with the abort of its timer, and the stack of that is never read.
Error.stackTraceLimit = 0

const { charges, providerMs, atOnce, simulated } = new Command('npm run capacity --')
  .description('charges subscriptions that are due at once, on workerd with a local D1 and a queue')
  .requiredOption('--charges <number>', 'subscriptions', readCount)
  .option('--provider-ms <number>', 'how long a card company takes for a charge', readCount, 0)
  .option('--simulated', 'in simulated time, on the limits that Cloudflare publishes', false)
  .option('--at-once <number>', 'max_concurrency, in simulated time', readCount, readConcurrency())
  .parse()
  .opts<{ charges: number; providerMs: number; atOnce: number; simulated: boolean }>()

const onMinute = (booked: number) => void process.stderr.write(`\r${booked} of ${charges} `)
if (simulated) {
  const options = { charges, providerMs, maxConcurrency: atOnce }
  const result = await simulateHour(options, onMinute)
  show(toHourTable(result), findHourFailures(result))
} else {
  mkdirSync('.cache/simulation', { recursive: true })
  const result = await runCharges({ charges, providerMs }, onMinute)
  show(toTable(result), findFailures(result))
}

function show(table: string, failures: readonly string[]): void {
  process.stderr.write('\n')
  process.stdout.write(`${table}\n`)
  process.exitCode = failures.length === 0 ? 0 : 1
}

function readConcurrency(): number {
  const text = readFileSync('wrangler.toml', 'utf8')
  return Number(/^max_concurrency = (\d+)$/m.exec(text)?.[1])
}

function readCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Must be a whole number.')
  return Number(text)
}
