import { parseArgs } from 'node:util'
import { createPrng } from '../engine/prng.ts'
import { drawChart } from '../report/chart.ts'
import { shrink } from '../report/shrink.ts'
import { flawedSystems } from '../systems/flawed-common.ts'
import { createHttpSystem } from '../systems/http-app.ts'
import { quayside, type SystemUnderTest } from '../systems/system.ts'
import { runWorker } from '../worker/run-workers.ts'
import { type SqlMutant, sqlMutants, unmodified } from '../worker/sql-mutants.ts'

// npm run proof -- --seed 42 [--design "no outbox"]: one schedule again, reduced and drawn. One of the whole
// worker is told as it was: it is longer than what the reducer works through.

const { values } = parseArgs({
  options: { seed: { type: 'string' }, design: { type: 'string', default: quayside.name } },
})
const systems = [quayside, createHttpSystem(), ...flawedSystems.map(([design]) => design)]
const system = systems.find(({ name }) => name === values.design)
const mutant = [unmodified, ...sqlMutants.map(([each]) => each)].find(
  ({ name }) => name === values.design,
)
const seed = Number(values.seed)
if ((system ?? mutant) === undefined || !Number.isSafeInteger(seed) || values.seed === undefined) {
  const names = [...systems, unmodified, ...sqlMutants.map(([each]) => each)]
    .map(({ name }) => JSON.stringify(name))
    .join(', ')
  process.stderr.write(
    `Usage: npm run proof -- --seed <number> [--design <name>]\nDesigns: ${names}\n`,
  )
  process.exit(2)
}
if (system !== undefined) await reduce(system)
else if (mutant !== undefined) await traceWorker(mutant)

async function reduce(flawed: SystemUnderTest): Promise<void> {
  const shrunk = await shrink(seed, flawed)
  if (shrunk === null) {
    process.stdout.write(`seed ${seed}: nothing breaks in ${flawed.name}\n`)
    return
  }
  process.stdout.write(`${drawChart(shrunk, seed, flawed.name)}\n`)
  process.exitCode = 1
}

async function traceWorker(mutated: SqlMutant): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`)
  const violations = await runWorker(createPrng(seed), mutated, print)
  for (const each of violations) print(`✗ ${each}`)
  if (violations.length === 0) print(`seed ${seed}: nothing breaks in ${mutated.name}`)
  else process.exitCode = 1
}
