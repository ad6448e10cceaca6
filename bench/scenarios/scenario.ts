import type { Cores } from '../node/cores.ts'
import { type BenchOrder, findProblems, type OrderState } from '../order.ts'
import { percentile } from '../statistics.ts'
import type { ScenarioPlan } from './plan.ts'
import type { ScenarioProvider } from './provider.ts'
import type { ScenarioSubject, SubjectName } from './subjects/subject.ts'

/** What every scenario uses. */
export interface ScenarioContext {
  readonly plan: ScenarioPlan
  readonly provider: ScenarioProvider
  readonly cores: Cores
  /** Starts subjects for some work and stops them; one that cannot start is named at the end, and left out. */
  readonly withSubjects: (
    names: readonly SubjectName[],
    work: (subjects: readonly ScenarioSubject[]) => Promise<void>,
  ) => Promise<void>
  /** Draws the same numbers in every run. */
  readonly random: () => number
}

/** What one subject has shown in one scenario; null where it was not measured. */
export interface Line {
  readonly subject: SubjectName | 'quayside serve'
  readonly perSecond?: number
  readonly cpuMicros?: number
  /** Calls of the provider per completion, or per request where nothing has to be completed. */
  readonly callsEach?: number
  readonly latenciesMs?: readonly number[]
  /** What else there is to say. */
  readonly note?: string
  /** What the subject did wrong. It voids its rate. */
  readonly violations: readonly string[]
  /** Every value that was measured, by what it is. */
  readonly samples?: Readonly<Record<string, readonly number[]>>
}

/** A figure with its limit, and whether it is kept. */
export interface ScenarioTarget {
  readonly name: string
  readonly value: number
  readonly limit: string
  readonly isKept: boolean
}

/** What one scenario has shown. */
export interface ScenarioReport {
  readonly lines: readonly Line[]
  readonly targets: readonly ScenarioTarget[]
}

/** One scenario, with its name in the table. */
export interface Scenario {
  readonly name: string
  run(context: ScenarioContext): Promise<ScenarioReport>
}

const quickSubjects: readonly SubjectName[] = ['sample', 'ours-sqlite-pool']

/** The subjects of a scenario, fewer of them where it is only run to see that it does. */
export function choose<Name extends SubjectName>(
  names: readonly Name[],
  { isQuick }: ScenarioPlan,
): readonly Name[] {
  return isQuick ? names.filter((name) => quickSubjects.includes(name)) : names
}

/** Runs some work with one subject after the other, each alone. */
export async function withEach<Name extends SubjectName>(
  { withSubjects }: ScenarioContext,
  names: readonly Name[],
  work: (subject: ScenarioSubject) => Promise<void>,
): Promise<void> {
  for (const name of names) {
    await withSubjects([name], async ([subject]) => {
      if (subject !== undefined) await work(subject)
    })
  }
}

/** A figure that must not be larger. */
export function atMost(name: string, value: number, limit: number): ScenarioTarget {
  return { name, value, limit: `≤ ${limit}`, isKept: value <= limit }
}

/** A figure that must not be smaller. */
export function atLeast(name: string, value: number, limit: number): ScenarioTarget {
  return { name, value, limit: `≥ ${limit}`, isKept: value >= limit }
}

/** The values that are there. */
export function present(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null)
}

/** The shares of latencies that are reported. */
export function toShares(latenciesMs: readonly number[]): { p50: number; p99: number } {
  return { p50: percentile(latenciesMs, 0.5), p99: percentile(latenciesMs, 0.99) }
}

/** What is wrong with orders that should all be paid, each by its own payment and with one event; nothing when all are right. */
export function findViolations(
  orders: readonly BenchOrder[],
  states: readonly OrderState[],
): readonly string[] {
  const counts = new Map<string, number>()
  for (const problem of findProblems(orders, states)) {
    counts.set(problem, (counts.get(problem) ?? 0) + 1)
  }
  return [...counts].map(([problem, count]) => `${count} ${problem}`)
}

/** A sentence for a count that should be zero; none when it is. */
export function countOf(count: number, what: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${what}`]
}
