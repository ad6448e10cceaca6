import { parseArgs } from 'node:util'
import { createChance } from '../engine/prng.ts'
import { draw } from '../report/chart.ts'
import { shrink } from '../report/shrink.ts'
import { planted } from '../systems/flawed-common.ts'
import { createDoors } from '../systems/http-app.ts'
import { type Design, quayside } from '../systems/system.ts'
import { runWorker } from '../worker/run-workers.ts'
import { asItIs, type Flaw, flaws } from '../worker/sql-mutants.ts'

// npm run proof -- --seed 42 [--design "no outbox"]: one schedule again, reduced and drawn. One of the whole
// worker is told as it was: it is longer than what the reducer works through.

const { values } = parseArgs({
  options: { seed: { type: 'string' }, design: { type: 'string', default: quayside.name } },
})
const designs = [quayside, createDoors(), ...planted.map(([design]) => design)]
const design = designs.find(({ name }) => name === values.design)
const flaw = [asItIs, ...flaws.map(([each]) => each)].find(({ name }) => name === values.design)
const seed = Number(values.seed)
if ((design ?? flaw) === undefined || !Number.isSafeInteger(seed) || values.seed === undefined) {
  const names = [...designs, asItIs, ...flaws.map(([each]) => each)]
    .map(({ name }) => JSON.stringify(name))
    .join(', ')
  process.stderr.write(
    `Usage: npm run proof -- --seed <number> [--design <name>]\nDesigns: ${names}\n`,
  )
  process.exit(2)
}
if (design !== undefined) await reduce(design)
else if (flaw !== undefined) await tellWorker(flaw)

async function reduce(broken: Design): Promise<void> {
  const shrunk = await shrink(seed, broken)
  if (shrunk === null) {
    process.stdout.write(`seed ${seed}: nothing breaks in ${broken.name}\n`)
    return
  }
  process.stdout.write(`${draw(shrunk, seed, broken.name)}\n`)
  process.exitCode = 1
}

async function tellWorker(worker: Flaw): Promise<void> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  const broken = await runWorker(createChance(seed), worker, say)
  for (const each of broken) say(`✗ ${each}`)
  if (broken.length === 0) say(`seed ${seed}: nothing breaks in ${worker.name}`)
  else process.exitCode = 1
}
