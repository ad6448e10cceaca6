import { type BenchOrder, countWrong, createOrderPool, type OrderPool } from '../order.ts'
import { completeAll, type LoadRun, readRecords } from './connections.ts'
import type { NodeSubject, SubjectName } from './node-subject.ts'
import type { NodePlan } from './plan.ts'
import type { Provider } from './provider.ts'

/** What was measured of one subject: for each round, and counts over all of them. */
export interface SubjectFigures {
  readonly name: SubjectName
  /** Completions per second of each round. */
  readonly perSecond: number[]
  /** User and system time of its process per completion, in microseconds, of each round. */
  readonly cpuMicros: number[]
  /** The share of one core that its process used, of each round. */
  readonly coreShare: number[]
  providerCalls: number
  completions: number
  /** Completions without `success`. */
  unanswered: number
  wrongOrders: number
}

/** Latencies of one request at a time, in milliseconds. */
export interface Latencies {
  /** Of the provider alone. */
  readonly direct: number[]
  /** Of our server, by round. */
  readonly ours: (readonly number[])[]
}

/** What was measured on one database. */
export interface DatabaseFigures {
  readonly subjects: readonly SubjectFigures[]
  /** Null where it was not measured. */
  readonly latencies: Latencies | null
}

/** How much is measured under load. */
export type RoundsPlan = Pick<
  NodePlan,
  'rounds' | 'completions' | 'burst' | 'warmUp' | 'connections'
>

interface Measured {
  readonly subject: NodeSubject
  readonly pool: OrderPool
  readonly figures: SubjectFigures
}

/** Measures the subjects in interleaved rounds, and reads every order back. */
export async function measureRounds(
  subjects: readonly NodeSubject[],
  provider: Provider,
  plan: RoundsPlan,
  prefix: string,
  tick: () => void,
): Promise<readonly SubjectFigures[]> {
  const all = subjects.map((subject): Measured => {
    const pool = createOrderPool(`${prefix}-${subject.name}`)
    const counts = { providerCalls: 0, completions: 0, unanswered: 0, wrongOrders: 0 }
    const figures = { name: subject.name, perSecond: [], cpuMicros: [], coreShare: [], ...counts }
    return { subject, pool, figures }
  })
  for (const each of all) await warmUp(each, provider, plan)
  for (let round = 0; round < plan.rounds; round++) {
    // A-B-C-D-D-C-B-A, and the next round begins at the other end: any drift affects all equally.
    const order = round % 2 === 0 ? all : all.toReversed()
    const legs = new Map<Measured, Leg[]>()
    for (const each of [...order, ...order.toReversed()]) {
      legs.set(each, [...(legs.get(each) ?? []), await runLeg(each, provider, plan)])
      tick()
    }
    for (const [{ figures }, both] of legs) addRound(figures, both)
  }
  for (const { subject, pool, figures } of all) {
    figures.wrongOrders = countWrong(pool.taken, await subject.readOrderStates())
  }
  return all.map(({ figures }) => figures)
}

/** Completes orders one at a time with the provider at its distance, between reads of the provider alone. */
export async function measureLatencies(
  subject: NodeSubject,
  provider: Provider,
  plan: NodePlan,
  prefix: string,
): Promise<Latencies> {
  const latencies: Latencies = { direct: [], ours: [] }
  const pool = createOrderPool(`${prefix}-single`)
  await completeAll(subject.url, await prepare({ subject, pool }, provider, plan.burst), 1)
  await provider.setLatency(plan.latencyMs)
  for (let round = 0; round < plan.rounds; round++) {
    const orders = await prepare({ subject, pool }, provider, plan.singles)
    const half = orders.length / 2
    latencies.direct.push(...(await readRecords(provider.url, orders.slice(0, half))).latenciesMs)
    const { latenciesMs, unanswered } = await completeAll(subject.url, orders, 1)
    if (unanswered > 0) throw new Error(`${unanswered} orders were not completed`)
    latencies.ours.push(latenciesMs)
    latencies.direct.push(...(await readRecords(provider.url, orders.slice(half))).latenciesMs)
  }
  await provider.setLatency(0)
  return latencies
}

async function warmUp(measured: Measured, provider: Provider, plan: RoundsPlan): Promise<void> {
  if (plan.warmUp === 0) return
  const orders = await prepare(measured, provider, plan.warmUp)
  await completeAll(measured.subject.url, orders, plan.connections)
}

interface Leg extends LoadRun {
  readonly cpuMicros: number
  readonly providerCalls: number
}

async function runLeg(measured: Measured, provider: Provider, plan: RoundsPlan): Promise<Leg> {
  const { subject } = measured
  const orders = await prepare(measured, provider, plan.burst + plan.completions)
  const untimed = orders.slice(0, plan.burst)
  const burst = await completeAll(subject.url, untimed, plan.connections)
  await provider.takeCalls()
  const before = await subject.readCpuTime()
  const run = await completeAll(subject.url, orders.slice(plan.burst), plan.connections)
  const cpuMicros = (await subject.readCpuTime()) - before
  const providerCalls = await provider.takeCalls()
  return { ...run, unanswered: run.unanswered + burst.unanswered, cpuMicros, providerCalls }
}

async function prepare(
  { subject, pool }: Pick<Measured, 'subject' | 'pool'>,
  provider: Provider,
  count: number,
): Promise<readonly BenchOrder[]> {
  const orders = pool.take(count)
  await subject.open(orders)
  await provider.seedPayments(orders)
  return orders
}

function addRound(figures: SubjectFigures, legs: readonly Leg[]): void {
  const sum = (of: (leg: Leg) => number) => legs.reduce((total, leg) => total + of(leg), 0)
  const count = sum(({ latenciesMs }) => latenciesMs.length)
  const seconds = sum((leg) => leg.seconds)
  const cpuMicros = sum((leg) => leg.cpuMicros)
  figures.perSecond.push(count / seconds)
  figures.cpuMicros.push(cpuMicros / count)
  figures.coreShare.push(cpuMicros / 1e6 / seconds)
  figures.completions += count
  figures.providerCalls += sum((leg) => leg.providerCalls)
  figures.unanswered += sum((leg) => leg.unanswered)
}
