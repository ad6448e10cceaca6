import { mkdirSync, writeFileSync } from 'node:fs'
import { SingleBar } from 'cli-progress'
import { bundle } from '../tools/run/bundle.mjs'
import { isKept, toFigures } from './figures.ts'
import { describeMachine, toLine } from './machine.ts'
import { countTicks, type Measured, measure } from './measure.ts'
import { startOurs } from './ours.ts'
import { type Plan, readPlan } from './plan.ts'
import { startSample } from './subject.ts'
import { toTable } from './table.ts'
import { startUpstream } from './upstream.ts'

const report = '.cache/bench.json'

const plan = readPlan(process.argv)
const machine = describeMachine()
console.log(`${toLine(machine)}\n`)
const [core, worker] = await Promise.all([
  bundle('packages/core/src/index.ts'),
  bundle('apps/worker/src/index.ts'),
])
const measured = await run(plan, worker.text)
const sizes = { core: core.gzipBytes, worker: worker.gzipBytes }
const figures = toFigures(measured, sizes, plan)
const missed = figures.filter((figure) => isKept(figure) === false)

console.log(toTable(figures))
console.log(`Upstream ${plan.latencyMs} ms away; ${plan.rounds} rounds; every sample in ${report}`)
if (missed.length > 0) console.log(`Missed: ${missed.map(({ name }) => name).join('; ')}`)
mkdirSync('.cache', { recursive: true })
writeFileSync(report, `${JSON.stringify({ machine, plan, figures, measured }, null, 1)}\n`)
process.exitCode = missed.length === 0 ? 0 : 1

async function run(plan: Plan, script: string): Promise<Measured> {
  const running: { stop(): Promise<void> }[] = []
  const track = <Started extends { stop(): Promise<void> }>(started: Started): Started => {
    running.push(started)
    return started
  }
  const stop = () => Promise.all(running.map((started) => started.stop()))
  // Otherwise workerd and the folder of its database remain after this program.
  process.once('SIGINT', () => void stop().finally(() => process.exit(130)))
  process.once('SIGTERM', () => void stop().finally(() => process.exit(143)))
  const bar = new SingleBar({ format: '{bar} {percentage} % · {duration_formatted} · {step}' })
  try {
    const upstream = track(await startUpstream(plan.latencyMs))
    const sample = track(await startSample(upstream.url))
    const ours = track(await startOurs(script, upstream.url))
    bar.start(countTicks(plan), 0, { step: '' })
    return await measure(
      {
        ours,
        sample,
        upstream,
        tick: () => bar.increment(),
        showStep: (step) => bar.update({ step }),
      },
      plan,
    )
  } finally {
    bar.stop()
    await stop()
  }
}
