import { completeAll, type LoadRun } from '../../node/connections.ts'
import { type BenchOrder, createOrderPool, type OrderPool } from '../../order.ts'
import { median, toInterval } from '../../statistics.ts'
import {
  atLeast,
  atMost,
  countOf,
  findViolations,
  type Line,
  type Scenario,
  type ScenarioContext,
  type ScenarioTarget,
} from '../scenario.ts'
import { type ScenarioSubject, type SubjectName, subjectNames } from '../subjects/subject.ts'

interface Measured {
  readonly subject: ScenarioSubject
  readonly pool: OrderPool
  readonly perSecond: number[]
  readonly cpuMicros: number[]
  calls: number
  unanswered: number
  completions: number
}

interface Leg {
  readonly seconds: number
  readonly cpuMicros: number
}

/** How many times as fast a subject has to be as another, each measured in the same rounds. */
const ratios: readonly (readonly [SubjectName, SubjectName, number | null])[] = [
  ['ours-memory-pool', 'hono-pool', 0.8],
  ['ours-memory-fetch', 'hono-fetch', 0.85],
  ['ours-memory-pool', 'sample', 3.3],
  ['ours-memory-pool', 'iamport', null],
  ['ours-sqlite-pool', 'sample', null],
]
const callsAtMost = 1.01

/** B1, as fast as it goes: 64 connections, each with its next completion after the response, the provider at no distance. */
export const saturation: Scenario = {
  name: 'saturation',
  async run(context) {
    const { plan, random } = context
    const all: Measured[] = []
    const lines: Line[] = []
    await context.withSubjects(subjectNames, async (subjects) => {
      for (const subject of subjects) {
        const pool = createOrderPool(`saturation-${subject.name}`)
        const counts = { calls: 0, unanswered: 0, completions: 0 }
        all.push({ subject, pool, perSecond: [], cpuMicros: [], ...counts })
      }
      for (const each of all) await warmUp(each, context)
      for (let round = 0; round < plan.rounds; round++) await runRound(all, round, context)
      for (const measured of all) lines.push(await toLine(measured))
    })
    return { lines, targets: toTargets(all, random) }
  },
}

/** A-B-C-C-B-A, and the next round begins at the other end: any drift affects all equally. */
async function runRound(
  all: readonly Measured[],
  round: number,
  context: ScenarioContext,
): Promise<void> {
  const order = round % 2 === 0 ? all : all.toReversed()
  const legs = new Map<Measured, Leg[]>()
  for (const each of [...order, ...order.toReversed()]) {
    legs.set(each, [...(legs.get(each) ?? []), await runLeg(each, context)])
  }
  for (const [{ perSecond, cpuMicros }, both] of legs) {
    const count = both.length * context.plan.completions
    const sum = (of: (leg: Leg) => number) => both.reduce((total, leg) => total + of(leg), 0)
    perSecond.push(count / sum(({ seconds }) => seconds))
    cpuMicros.push(sum((leg) => leg.cpuMicros) / count)
  }
}

async function warmUp(measured: Measured, context: ScenarioContext): Promise<void> {
  const orders = await prepare(measured, context.plan.warmUp, context)
  await completeWithEvents(measured, orders, context)
}

async function prepare(
  { subject, pool }: Measured,
  count: number,
  { provider }: ScenarioContext,
): Promise<readonly BenchOrder[]> {
  const orders = pool.take(count)
  await subject.open(orders)
  await provider.seedPayments(orders)
  return orders
}

/** Its events belong to each completion: what sends them later would slow the next subject down. */
async function completeWithEvents(
  { subject }: Measured,
  orders: readonly BenchOrder[],
  { plan, provider }: ScenarioContext,
): Promise<LoadRun> {
  await provider.takeEvents()
  const run = await completeAll(subject.url, orders, plan.connections)
  if (subject.hasEvents) await provider.waitForEvents(orders.length)
  return run
}

async function runLeg(measured: Measured, context: ScenarioContext): Promise<Leg> {
  const { plan, provider } = context
  const { subject } = measured
  const orders = await prepare(measured, plan.burst + plan.completions, context)
  const burst = await completeWithEvents(measured, orders.slice(0, plan.burst), context)
  await provider.takeCalls()
  const before = await subject.readCpuTime()
  const run = await completeWithEvents(measured, orders.slice(plan.burst), context)
  const cpuMicros = (await subject.readCpuTime()) - before
  const { tokens, records } = await provider.takeCalls()
  measured.calls += tokens + records
  measured.completions += plan.completions
  measured.unanswered += burst.unanswered + run.unanswered
  return { seconds: run.seconds, cpuMicros }
}

async function toLine(measured: Measured): Promise<Line> {
  const { subject, pool, perSecond, cpuMicros, calls, completions, unanswered } = measured
  return {
    subject: subject.name,
    perSecond: median(perSecond),
    cpuMicros: median(cpuMicros),
    callsEach: calls / completions,
    violations: [
      ...findViolations(pool.taken, await subject.readOrderStates()),
      ...countOf(unanswered, 'completions without success'),
    ],
    samples: { perSecond, cpuMicros },
  }
}

function toTargets(all: readonly Measured[], random: () => number): readonly ScenarioTarget[] {
  const find = (name: SubjectName) => all.find(({ subject }) => subject.name === name)
  const compared = ratios.flatMap(([name, other, limit]): readonly ScenarioTarget[] => {
    const [ours, others] = [find(name), find(other)]
    if (ours === undefined || others === undefined) return []
    const perRound = ours.perSecond.map((rate, n) => rate / (others.perSecond[n] ?? Number.NaN))
    const { median: value, low, high } = toInterval(perRound, random)
    const interval = `95 %: ${low.toFixed(2)}–${high.toFixed(2)}`
    const label = `${name} / ${other}, rate (${interval})`
    return limit === null
      ? [{ name: label, value, limit: 'no limit', isKept: true }]
      : [atLeast(label, value, limit)]
  })
  const calls = all
    .filter(({ subject }) => subject.isOurs)
    .map(({ subject, calls, completions }) =>
      atMost(`${subject.name}: calls per completion`, calls / completions, callsAtMost),
    )
  return [...compared, ...calls]
}
