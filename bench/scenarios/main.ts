import { mkdirSync, writeFileSync } from 'node:fs'
import { SingleBar } from 'cli-progress'
import { describeMachine, toLine } from '../machine.ts'
import { pinProcesses } from '../node/cores.ts'
import { stopAtSignals } from '../program.ts'
import { createRandom } from '../statistics.ts'
import { readScenarioPlan } from './plan.ts'
import { type ScenarioProvider, startScenarioProvider } from './provider.ts'
import { type NamedReport, toTable, toViolations } from './report.ts'
import { halfLoad, overload } from './runs/arrivals.ts'
import { channels } from './runs/channels.ts'
import { coldStart } from './runs/cold-start.ts'
import { duplicates } from './runs/duplicates.ts'
import { stalls, tokenExpiry } from './runs/faults.ts'
import { firstRequests } from './runs/first-requests.ts'
import { heap } from './runs/heap.ts'
import { saturation } from './runs/saturation.ts'
import { unknownIds } from './runs/unknown-ids.ts'
import type { Scenario, ScenarioContext } from './scenario.ts'
import { type ScenarioSubject, startScenarioSubject } from './subjects/subject.ts'

const file = '.cache/bench-scenarios.json'
const all: readonly Scenario[] = [
  coldStart,
  firstRequests,
  saturation,
  halfLoad,
  channels,
  duplicates,
  unknownIds,
  tokenExpiry,
  stalls,
  overload,
  heap,
]

const { plan, only } = readScenarioPlan(process.argv)
const machine = describeMachine()
const cores = pinProcesses()
const running = new Set<{ stop(): Promise<void> }>()
const failures: string[] = []
const stop = () => Promise.allSettled([...running].map((started) => started.stop()))
// Otherwise the databases remain after this program.
stopAtSignals(stop)
console.log(`${toLine(machine)}\n${showCores()}\n`)

const bar = new SingleBar({ format: '{bar} {percentage} % · {duration_formatted} · {step}' })
try {
  const scenarios = all.filter(({ name }) => only === null || only.includes(name))
  bar.start(scenarios.length, 0, { step: '' })
  const reports = await runAll(scenarios, await startScenarioProvider(cores.others))
  bar.stop()
  print(reports)
} finally {
  bar.stop()
  await stop()
}

/** A scenario that fails is named at the end: what the others have shown must not be lost. */
async function runAll(
  scenarios: readonly Scenario[],
  provider: ScenarioProvider,
): Promise<readonly NamedReport[]> {
  running.add(provider)
  const context: ScenarioContext = {
    plan,
    provider,
    cores,
    withSubjects: toStarter(provider),
    random: createRandom(),
  }
  const reports: NamedReport[] = []
  for (const scenario of scenarios) {
    const { name } = scenario
    bar.update({ step: name })
    try {
      reports.push({ name, ...(await scenario.run(context)) })
    } catch (error) {
      failures.push(`${name}: ${describe(error)}`)
    }
    bar.increment()
  }
  return reports
}

function toStarter({ url }: ScenarioProvider): ScenarioContext['withSubjects'] {
  return async (names, work) => {
    const subjects: ScenarioSubject[] = []
    try {
      for (const name of names) {
        try {
          const subject = await startScenarioSubject(name, url, cores.subject)
          running.add(subject)
          subjects.push(subject)
        } catch (error) {
          failures.push(`${name} cannot start: ${describe(error)}`)
        }
      }
      await work(subjects)
    } finally {
      for (const subject of subjects) {
        running.delete(subject)
        await subject.stop()
      }
    }
  }
}

function print(reports: readonly NamedReport[]): void {
  const targets = reports.flatMap((report) => report.targets)
  console.log(toTable(reports))
  for (const violation of toViolations(reports)) console.log(`WRONG ${violation}`)
  for (const { name, value, limit, isKept } of targets) {
    console.log(`${isKept ? 'ok  ' : 'MISS'} ${name}: ${value.toFixed(3)} (${limit})`)
  }
  for (const failure of failures) console.log(`FAIL ${failure}`)
  mkdirSync('.cache', { recursive: true })
  writeFileSync(file, `${JSON.stringify({ machine, cores, plan, reports, failures })}\n`)
  console.log(`Every sample in ${file}`)
  process.exitCode = failures.length === 0 && targets.every(({ isKept }) => isKept) ? 0 : 1
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function showCores(): string {
  return cores.subject === null
    ? 'Processes are not pinned to cores.'
    : `Subjects on core ${cores.subject}; load and provider on core ${cores.others}.`
}
