import { parseArgs } from 'node:util'
import { draw } from './chart.ts'
import { quayside } from './design.ts'
import { createDoors } from './doors.ts'
import { planted } from './planted.ts'
import { shrink } from './shrink.ts'

// npm run proof -- --seed 42 [--design "no outbox"]: one schedule again, reduced and drawn.

const { values } = parseArgs({
  options: { seed: { type: 'string' }, design: { type: 'string', default: quayside.name } },
})
const designs = [quayside, createDoors(), ...planted.map(([design]) => design)]
const design = designs.find(({ name }) => name === values.design)
const seed = Number(values.seed)
if (design === undefined || !Number.isSafeInteger(seed) || values.seed === undefined) {
  const names = designs.map(({ name }) => JSON.stringify(name)).join(', ')
  process.stderr.write(
    `Usage: npm run proof -- --seed <number> [--design <name>]\nDesigns: ${names}\n`,
  )
  process.exit(2)
}
const shrunk = await shrink(seed, design)
if (shrunk === null) process.stdout.write(`seed ${seed}: nothing breaks in ${design.name}\n`)
else {
  process.stdout.write(`${draw(shrunk, seed, design.name)}\n`)
  process.exitCode = 1
}
