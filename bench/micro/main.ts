import { mkdirSync, writeFileSync } from 'node:fs'
import { SingleBar } from 'cli-progress'
import { describeMachine, toLine } from '../machine.ts'
import { pinProcesses } from '../node/cores.ts'
import { type Program, stopAtSignals } from '../program.ts'
import { createRandom } from '../statistics.ts'
import type { Group } from './contestant.ts'
import { findGroup } from './groups.ts'
import { readMicroPlan } from './plan.ts'
import { showComparison, showTarget, toTable } from './report.ts'
import { type GroupFigures, measureGroup } from './rounds.ts'
import { toTargets } from './targets.ts'

const plan = readMicroPlan(process.argv)
const machine = describeMachine(['tinybench', 'zod', 'valibot'])
const cores = pinProcesses()
const running = new Set<Program>()
const failures: string[] = []
const stop = () => Promise.all([...running].map((program) => program.stop()))
stopAtSignals(stop)
console.log(`${toLine(machine)}\n${showCores()}\n`)

const entries = await compareAll(plan.groups.map(findGroup))
if (entries === null) process.exitCode = 1
else report(await measureAll(entries))

interface Entry {
  readonly group: Group
  readonly names: readonly string[]
}

/** Which contestants can be timed; null when any two do not say the same: their times would not be comparable. */
async function compareAll(groups: readonly Group[]): Promise<readonly Entry[] | null> {
  const entries: Entry[] = []
  for (const group of groups) {
    const comparison = await group.compare(plan.cases)
    const skipped = comparison.failures.map(({ name }) => name)
    failures.push(
      ...comparison.failures.map(({ name, reason }) => `${group.name}, ${name}: ${reason}`),
    )
    if (comparison.difference !== null) {
      console.log(`${group.name}: not all say the same of\n${comparison.difference}`)
      return null
    }
    if (Object.keys(comparison.kinds).length > 0) console.log(showComparison(comparison))
    entries.push({ group, names: group.names.filter((name) => !skipped.includes(name)) })
  }
  return entries
}

async function measureAll(entries: readonly Entry[]): Promise<readonly GroupFigures[]> {
  const bar = new SingleBar({ format: '{bar} {percentage} % · {duration_formatted} · {step}' })
  const total = entries.reduce((sum, { names }) => sum + names.length * plan.rounds, 0)
  const measured: GroupFigures[] = []
  bar.start(total, 0, { step: '' })
  try {
    for (const { group, names } of entries) {
      bar.update({ step: group.name })
      measured.push(
        await measureGroup(group, names, plan, {
          core: cores.subject,
          running,
          tick: () => bar.increment(),
          onFailure: (failure) => failures.push(failure),
        }),
      )
    }
  } finally {
    bar.stop()
    await stop()
  }
  return measured
}

function report(measured: readonly GroupFigures[]): void {
  const targets = toTargets(measured, createRandom())
  console.log(toTable(measured, createRandom()))
  for (const target of targets) console.log(showTarget(target))
  for (const failure of failures) console.log(`FAIL ${failure}`)
  const file = '.cache/bench-micro.json'
  mkdirSync('.cache', { recursive: true })
  const result = { machine, cores, plan, targets, measured, failures }
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`)
  console.log(`Every round in ${file}`)
  process.exitCode = failures.length === 0 && targets.every(({ isKept }) => isKept) ? 0 : 1
}

function showCores(): string {
  return cores.subject === null
    ? 'Processes are not pinned to cores.'
    : `What is timed runs on core ${cores.subject}.`
}
