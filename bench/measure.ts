import { measureCommit, type RowCounts } from './commit.ts'
import { complete, type Run } from './load.ts'
import { countPaid, countWrong, createOrderPool, type OrderPool } from './order.ts'
import type { LocalDatabase } from './ours.ts'
import type { Plan } from './plan.ts'
import { median } from './statistics.ts'
import type { Subject } from './subject.ts'
import { tokenCallsOf, totalOf, type Upstream } from './upstream.ts'

/** What was measured of one subject. */
export interface Measurements {
  readonly name: Subject['name']
  readonly coldTokenCalls: number
  /** One at a time: every latency, and the median of each round, in milliseconds. */
  readonly latenciesMs: number[]
  readonly roundMediansMs: number[]
  /** Under load: completions per second of each round, and the calls they cost. */
  readonly perSecond: number[]
  completions: number
  upstreamCalls: number
  /** Completions without `success`, such as the 202 of an overloaded server. */
  unanswered: number
  wrongOrders: number
  forgeriesAccepted: number
}

/** Everything that was measured, not yet compared with a limit. */
export interface Measured {
  readonly direct: { readonly latenciesMs: number[]; readonly roundMediansMs: number[] }
  readonly ours: Measurements
  readonly sample: Measurements
  readonly commit: RowCounts
}

/** The two servers, the provider they share, and callbacks for the progress bar. */
export interface BenchServers {
  readonly ours: Subject & { readonly db: LocalDatabase }
  readonly sample: Subject
  readonly upstream: Upstream
  readonly tick: () => void
  /** Called with the name of the next step. */
  readonly showStep: (step: string) => void
}

interface Bench {
  readonly subject: Subject
  readonly pool: OrderPool
  readonly seen: Measurements
}

/** How many responses the plan waits for: the length of the progress bar. */
export function countTicks({ cold, rounds, singles, completions, forgeries }: Plan): number {
  return (
    2 * cold + rounds * 6 * singles + 4 * rounds * toLeg(completions, rounds) + 2 * forgeries + 1
  )
}

/** Runs the whole plan: the cold servers, the rounds, then a check of every order. */
export async function measure(servers: BenchServers, plan: Plan): Promise<Measured> {
  const { upstream, showStep, tick } = servers
  const sample = await startCold(servers.sample, servers, plan)
  const ours = await startCold(servers.ours, servers, plan)
  const direct: Measured['direct'] = { latenciesMs: [], roundMediansMs: [] }
  for (let round = 0; round < plan.rounds; round++) {
    // A-B-B-A, and B-A-A-B in the next round: any drift of this machine affects both equally.
    const [a, b] = round % 2 === 0 ? [sample, ours] : [ours, sample]
    showStep(`round ${round + 1}: one at a time`)
    await runSingles([a, b, b, a], direct, servers, plan)
    showStep(`round ${round + 1}: ${plan.connections} at a time`)
    await runLoad([a, b, b, a], servers, plan)
  }
  showStep('rows of one commit')
  const commitOrders = await take(ours, 1, upstream)
  const [order] = commitOrders
  if (order === undefined) throw new Error('There is no order to commit')
  const commit = await measureCommit(servers.ours.db, order, upstream.url)
  tick()
  showStep('checking every order')
  for (const { subject, pool, seen } of [ours, sample]) {
    seen.forgeriesAccepted = await tryForgeries(subject, servers, plan)
    seen.wrongOrders = countWrong(pool.taken, await subject.readOrderStates())
  }
  return { direct, ours: ours.seen, sample: sample.seen, commit }
}

async function startCold(
  subject: Subject,
  { upstream, showStep, tick }: BenchServers,
  plan: Plan,
): Promise<Bench> {
  showStep(`${subject.name}: ${plan.cold} at once, cold`)
  const bench = { subject, pool: createOrderPool(subject.name) }
  const orders = await take(bench, plan.cold, upstream)
  await upstream.takeCalls()
  const run = await complete(subject, orders, plan.cold, tick)
  const seen: Measurements = {
    name: subject.name,
    coldTokenCalls: tokenCallsOf(await upstream.takeCalls()),
    latenciesMs: [],
    roundMediansMs: [],
    perSecond: [],
    completions: 0,
    upstreamCalls: 0,
    unanswered: run.unanswered,
    wrongOrders: 0,
    forgeriesAccepted: 0,
  }
  return { ...bench, seen }
}

async function runSingles(
  legs: readonly Bench[],
  direct: Measured['direct'],
  { upstream, tick }: BenchServers,
  plan: Plan,
): Promise<void> {
  const inRound = new Map<readonly number[] | Bench, number[]>()
  const readDirectly = async (): Promise<readonly number[]> => {
    const orders = createOrderPool('direct').take(plan.singles)
    await upstream.seedPayments(orders)
    return upstream.readDirectly(orders, tick)
  }
  const bare = [...(await readDirectly())]
  for (const bench of legs) {
    const orders = await take(bench, plan.singles, upstream)
    const run = await complete(bench.subject, orders, 1, tick)
    bench.seen.latenciesMs.push(...run.latenciesMs)
    bench.seen.unanswered += run.unanswered
    inRound.set(bench, [...(inRound.get(bench) ?? []), ...run.latenciesMs])
  }
  bare.push(...(await readDirectly()))
  direct.latenciesMs.push(...bare)
  direct.roundMediansMs.push(median(bare))
  for (const bench of new Set(legs))
    bench.seen.roundMediansMs.push(median(inRound.get(bench) ?? []))
}

async function runLoad(
  legs: readonly Bench[],
  { upstream, tick }: BenchServers,
  { completions, connections, rounds }: Plan,
): Promise<void> {
  const runs = new Map<Bench, Run[]>()
  for (const bench of legs) {
    const orders = await take(bench, toLeg(completions, rounds), upstream)
    await upstream.takeCalls()
    const run = await complete(bench.subject, orders, connections, tick)
    bench.seen.upstreamCalls += totalOf(await upstream.takeCalls())
    bench.seen.completions += orders.length
    bench.seen.unanswered += run.unanswered
    runs.set(bench, [...(runs.get(bench) ?? []), run])
  }
  for (const [bench, both] of runs) bench.seen.perSecond.push(toRate(both))
}

function toRate(runs: readonly Run[]): number {
  const count = runs.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0)
  return count / runs.reduce((sum, { seconds }) => sum + seconds, 0)
}

/** Pays one won too little for each order: detects a server that is fast because it compares nothing. */
async function tryForgeries(
  subject: Subject,
  { upstream, tick }: BenchServers,
  { forgeries, connections }: Plan,
): Promise<number> {
  const orders = createOrderPool(`forged-${subject.name}`).take(forgeries)
  await upstream.seedPayments(orders.map((order) => ({ ...order, amount: order.amount - 1 })))
  await subject.open(orders)
  const { unanswered } = await complete(subject, orders, connections, tick)
  const accepted = forgeries - unanswered
  return Math.max(accepted, countPaid(orders, await subject.readOrderStates()))
}

async function take(
  { subject, pool }: Pick<Bench, 'subject' | 'pool'>,
  count: number,
  upstream: Upstream,
) {
  const orders = pool.take(count)
  await upstream.seedPayments(orders)
  await subject.open(orders)
  return orders
}

function toLeg(completions: number, rounds: number): number {
  return Math.ceil(completions / rounds / 2)
}
