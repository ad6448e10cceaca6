import { mkdirSync, statfsSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { SingleBar } from 'cli-progress'
import { bundle } from '../../tools/run/bundle/bundle.mjs'
import { describeMachine, toLine } from '../machine.ts'
import { pinProcesses } from '../node/cores.ts'
import { stopAtSignals } from '../program.ts'
import { createRandom } from '../statistics.ts'
import { isKept } from './figure.ts'
import { toFigures } from './figures.ts'
import { type Bench, countTicks, type Measured, measure } from './measure.ts'
import { readPlan } from './plan.ts'
import { toTable } from './table.ts'

const report = '.cache/bench-workerd.json'
const memoryFolder = '/dev/shm'
const neededBytes = 2 ** 30

const plan = readPlan(process.argv)
const machine = describeMachine()
const load = loadavg()
const cores = pinProcesses()
// A local D1 waits for the disk at each commit, which says nothing about the database of Cloudflare.
const isInMemory = hasMemoryFolder()
if (isInMemory) process.env['TMPDIR'] = memoryFolder
console.log(`${toLine(machine)}\n${showCores()}\n`)
const [core, worker, floor] = await Promise.all([
  bundle('packages/core/src/index.ts'),
  bundle('apps/worker/src/index.ts'),
  bundle('bench/workerd/floor-worker.ts'),
])
const measured = await run({ ours: worker.text, floor: floor.text })
const sizes = { core: core.gzipBytes, worker: worker.gzipBytes }
const figures = toFigures(measured, sizes, plan, createRandom())
const missed = figures.filter((figure) => isKept(figure) === false)

console.log(toTable(figures))
for (const failure of measured.failures) console.log(`FAIL ${failure}`)
if (missed.length > 0) console.log(`Missed: ${missed.map(({ name }) => name).join('; ')}`)
mkdirSync('.cache', { recursive: true })
const result = { machine, load, cores, isInMemory, plan, figures, measured }
writeFileSync(report, `${JSON.stringify(result, null, 1)}\n`)
console.log(`${plan.rounds} rounds; everything that was measured is in ${report}`)
process.exitCode = missed.length + measured.failures.length === 0 ? 0 : 1

async function run(scripts: Bench['scripts']): Promise<Measured> {
  const running: Bench['running'] = new Set()
  const stop = () => Promise.all([...running].map((started) => started.stop()))
  // Otherwise workerd and the folders of its databases remain after this program.
  stopAtSignals(stop)
  const bar = new SingleBar({ format: '{bar} {percentage} % · {duration_formatted} · {step}' })
  bar.start(countTicks(plan), 0, { step: '' })
  try {
    return await measure({
      plan,
      scripts,
      cores,
      running,
      tick: () => bar.increment(),
      showStep: (step) => bar.update({ step }),
    })
  } finally {
    bar.stop()
    await stop()
  }
}

function hasMemoryFolder(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder)
    return bavail * bsize >= neededBytes
  } catch {
    return false
  }
}

function showCores(): string {
  const databases = `Databases in ${isInMemory ? 'memory' : 'files, whose disk may be the limit'}.`
  return cores.subject === null
    ? `Processes are not pinned to cores. ${databases}`
    : `Subjects on core ${cores.subject}; load and provider on core ${cores.others}. ${databases}`
}
