import { parseArgs } from 'node:util'
import { createPrng } from '../engine/prng.ts'
import { onNode } from '../node/composition.ts'
import { drawChart } from '../report/chart.ts'
import { shrink } from '../report/shrink.ts'
import { flawedSystems } from '../systems/flawed-common.ts'
import { createHttpSystem } from '../systems/http-app.ts'
import { quayside, type SystemUnderTest } from '../systems/system.ts'
import { onCloudflare } from '../worker/compositions/cloudflare.ts'
import type { OpenComposition } from '../worker/compositions/composition.ts'
import { runWorker } from '../worker/run-workers.ts'
import { sqlMutants, unmodified } from '../worker/sql-mutants.ts'

// npm run simulate -- --seed 42 [--system "no outbox"]: runs one schedule again, reduces it and draws it. A schedule of
// a whole server is printed call by call: it is too long to be reduced.

const { values } = parseArgs({
  options: { seed: { type: 'string' }, system: { type: 'string', default: quayside.name } },
})
const systems = [quayside, createHttpSystem(), ...flawedSystems.map(([each]) => each)]
const system = systems.find(({ name }) => name === values.system)
const mutants = sqlMutants.map(([mutant]) => mutant)
/** The whole server, by the names that `--system` takes. */
const servers: ReadonlyMap<string, OpenComposition> = new Map([
  ...[unmodified, ...mutants].map((each) => [each.name, onCloudflare(each)] as const),
  ['the server on Node', onNode(unmodified)],
  ...mutants.map((each) => [`${each.name}, on Node`, onNode(each)] as const),
])
const server = servers.get(values.system)
const seed = Number(values.seed)
if ((system ?? server) === undefined || !Number.isSafeInteger(seed) || values.seed === undefined) {
  const names = [...systems.map(({ name }) => name), ...servers.keys()]
    .map((name) => JSON.stringify(name))
    .join(', ')
  process.stderr.write(
    `Usage: npm run simulate -- --seed <number> [--system <name>]\nSystems: ${names}\n`,
  )
  process.exit(2)
}
if (system !== undefined) await reduce(system)
else if (server !== undefined) await traceServer(server)

async function reduce(flawed: SystemUnderTest): Promise<void> {
  const shrunk = await shrink(seed, flawed)
  if (shrunk === null) {
    process.stdout.write(`seed ${seed}: no violation in ${flawed.name}\n`)
    return
  }
  process.stdout.write(`${drawChart(shrunk, seed, flawed.name)}\n`)
  process.exitCode = 1
}

async function traceServer(open: OpenComposition): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`)
  const violations = await runWorker(createPrng(seed), open, print)
  for (const each of violations) print(`✗ ${each}`)
  if (violations.length === 0) print(`seed ${seed}: no violation in ${values.system}`)
  else process.exitCode = 1
}
