import { measureCommit, type Touched } from './commit.ts'
import { complete, type Run } from './load.ts'
import { countPaid, countWrong, createOrderBook, type OrderBook } from './order.ts'
import type { LocalDatabase } from './ours.ts'
import type { Plan } from './plan.ts'
import { median } from './statistics.ts'
import type { Subject } from './subject.ts'
import { tokenCallsOf, totalOf, type Upstream } from './upstream.ts'

/** What was seen of one subject. */
export interface Seen {
  readonly name: Subject['name']
  readonly coldTokenCalls: number
  /** One at a time: every latency, and the median of each round, in milliseconds. */
  readonly latenciesMs: number[]
  readonly roundMediansMs: number[]
  /** Under load: completions per second of each round, and the calls they cost. */
  readonly perSecond: number[]
  completions: number
  upstreamCalls: number
  /** Completions that were not answered with success, such as the 202 of a server out of breath. */
  unanswered: number
  wrongOrders: number
  forgeriesAccepted: number
}

/** Everything that was measured, before any of it is judged. */
export interface Measured {
  readonly direct: { readonly latenciesMs: number[]; readonly roundMediansMs: number[] }
  readonly ours: Seen
  readonly sample: Seen
  readonly commit: Touched
}

/** The two servers, the provider they share, and who is told of each answer. */
export interface Stage {
  readonly ours: Subject & { readonly db: LocalDatabase }
  readonly sample: Subject
  readonly upstream: Upstream
  readonly tick: () => void
  /** Told what comes next. */
  readonly say: (step: string) => void
}

interface Bench {
  readonly subject: Subject
  readonly book: OrderBook
  readonly seen: Seen
}

/** How many answers the plan waits for: the length of the progress bar. */
export function countTicks({ cold, rounds, singles, completions, forgeries }: Plan): number {
  return (
    2 * cold + rounds * 6 * singles + 4 * rounds * toLeg(completions, rounds) + 2 * forgeries + 1
  )
}

/** Runs the whole plan: first the cold servers, then the rounds, then every order is looked at. */
export async function measure(stage: Stage, plan: Plan): Promise<Measured> {
  const { upstream, say, tick } = stage
  const sample = await startCold(stage.sample, stage, plan)
  const ours = await startCold(stage.ours, stage, plan)
  const direct: Measured['direct'] = { latenciesMs: [], roundMediansMs: [] }
  for (let round = 0; round < plan.rounds; round++) {
    // A-B-B-A, and B-A-A-B in the next round: whatever drifts on this machine meets both alike.
    const [a, b] = round % 2 === 0 ? [sample, ours] : [ours, sample]
    say(`round ${round + 1}: one at a time`)
    await runSingles([a, b, b, a], direct, stage, plan)
    say(`round ${round + 1}: ${plan.connections} at a time`)
    await runLoad([a, b, b, a], stage, plan)
  }
  say('rows of one commit')
  const commitBook = await take(ours, 1, upstream)
  const [order] = commitBook
  if (order === undefined) throw new Error('There is no order to commit')
  const commit = await measureCommit(stage.ours.db, order, upstream.url)
  tick()
  say('looking at every order')
  for (const { subject, book, seen } of [ours, sample]) {
    seen.forgeriesAccepted = await tryForgeries(subject, stage, plan)
    seen.wrongOrders = countWrong(book.taken, await subject.readStandings())
  }
  return { direct, ours: ours.seen, sample: sample.seen, commit }
}

async function startCold(
  subject: Subject,
  { upstream, say, tick }: Stage,
  plan: Plan,
): Promise<Bench> {
  say(`${subject.name}: ${plan.cold} at once, cold`)
  const bench = { subject, book: createOrderBook(subject.name) }
  const orders = await take(bench, plan.cold, upstream)
  await upstream.takeCalls()
  const run = await complete(subject, orders, plan.cold, tick)
  const seen: Seen = {
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
  { upstream, tick }: Stage,
  plan: Plan,
): Promise<void> {
  const inRound = new Map<readonly number[] | Bench, number[]>()
  const readDirectly = async (): Promise<readonly number[]> => {
    const orders = createOrderBook('direct').take(plan.singles)
    await upstream.stage(orders)
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
  { upstream, tick }: Stage,
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

/** Pays one won too little for each order: whoever is quick because nothing is compared shows here. */
async function tryForgeries(
  subject: Subject,
  { upstream, tick }: Stage,
  { forgeries, connections }: Plan,
): Promise<number> {
  const orders = createOrderBook(`forged-${subject.name}`).take(forgeries)
  await upstream.stage(orders.map((order) => ({ ...order, amount: order.amount - 1 })))
  await subject.open(orders)
  const { unanswered } = await complete(subject, orders, connections, tick)
  const told = forgeries - unanswered
  return Math.max(told, countPaid(orders, await subject.readStandings()))
}

async function take(
  { subject, book }: Pick<Bench, 'subject' | 'book'>,
  count: number,
  upstream: Upstream,
) {
  const orders = book.take(count)
  await upstream.stage(orders)
  await subject.open(orders)
  return orders
}

function toLeg(completions: number, rounds: number): number {
  return Math.ceil(completions / rounds / 2)
}
