import { createHttpClient, type HttpClient } from '../../http.ts'
import { completeAll, readRecords } from '../../node/connections.ts'
import { type BenchOrder, createOrderPool, type OrderPool } from '../../order.ts'
import { median, percentile } from '../../statistics.ts'
import { type ArrivalRun, atRate, runArrivals } from '../open-loop.ts'
import { toCompletion, toRecordRequest } from '../requests.ts'
import {
  atLeast,
  atMost,
  choose,
  countOf,
  findViolations,
  type Line,
  present,
  type Scenario,
  type ScenarioContext,
  type ScenarioTarget,
  toShares,
  withEach,
} from '../scenario.ts'
import type { ScenarioSubject, SubjectName } from '../subjects/subject.ts'

/** No response is waited for longer: the buyer has left. */
const limitMs = 20_000
const connections = 1_000
const directReads = 60
const addedAtMost = 25
const goodputAtLeast = 0.9
const shares = { half: 0.5, twice: 2 }

interface Run {
  readonly subject: ScenarioSubject
  readonly context: ScenarioContext
  readonly client: HttpClient
  readonly pool: OrderPool
  /** Completions without success while the highest rate was estimated. */
  unanswered: number
}

/** B1 as buyers arrive: at half of the highest rate, the provider at its distance. */
export const halfLoad: Scenario = {
  name: 'half-load',
  async run(context) {
    const { plan, provider } = context
    const lines: Line[] = []
    const targets: ScenarioTarget[] = []
    const names = ['sample', 'iamport', 'ours-memory-pool', 'ours-sqlite-pool'] as const
    await forEach(context, choose(names, plan), async (run) => {
      const peak = await measurePeak(run)
      await provider.behave({ latencyMs: plan.latencyMs })
      const direct = await readDirectly(context)
      const seen: Seen[] = []
      const alone: number[] = []
      for (let part = 0; part < plan.rounds; part++) {
        seen.push(await arrive(run, peak * shares.half))
        alone.push(toShares(await readAtRate(run, peak * shares.half)).p99 - direct)
      }
      await provider.behave({})
      // One pause of the machine is in the 99th percentile of one part, and not in the median of all.
      const added = median(seen.map((each) => toShares(present(each.run.latenciesMs)).p99 - direct))
      const line = await toLine(run, joinAll(seen))
      const ofProvider = `of the provider alone ${median(alone).toFixed(1)} ms`
      lines.push({ ...line, note: `${line.note}; added p99 ${added.toFixed(1)} ms, ${ofProvider}` })
      if (run.subject.isOurs)
        targets.push(atMost(`${run.subject.name}: added at half load, p99, ms`, added, addedAtMost))
    })
    return { lines, targets }
  },
}

/** Twice as many buyers as can be served: how many are served all the same. */
export const overload: Scenario = {
  name: 'overload',
  async run(context) {
    const lines: Line[] = []
    const targets: ScenarioTarget[] = []
    await forEach(context, ['sample', 'ours-sqlite-pool'], async (run) => {
      const peak = await measurePeak(run, context.plan.arrivalSeconds)
      const seen = await arrive(run, peak * shares.twice)
      const line = await toLine(run, seen)
      const goodput = seen.perSecond / peak
      const note = `${line.note}; goodput ${(goodput * 100).toFixed(0)} % of ${peak.toFixed(0)}/s`
      lines.push({ ...line, note, samples: { ...line.samples, peak: [peak] } })
      if (run.subject.isOurs)
        targets.push(atLeast(`${run.subject.name}: goodput of the peak`, goodput, goodputAtLeast))
    })
    return { lines, targets }
  },
}

async function forEach(
  context: ScenarioContext,
  names: readonly SubjectName[],
  work: (run: Run) => Promise<void>,
): Promise<void> {
  await withEach(context, names, async (subject) => {
    const client = createHttpClient(connections)
    const pool = createOrderPool(`arrivals-${subject.name}`)
    await work({ subject, context, client, pool, unanswered: 0 })
    client.close()
  })
}

async function prepare(
  { subject, context, pool }: Run,
  count: number,
): Promise<readonly BenchOrder[]> {
  const orders = pool.take(count)
  await subject.open(orders)
  await context.provider.seedPayments(orders)
  return orders
}

/** The rate of completions over a fixed number of connections, after untimed ones, over some time if it is given. */
async function measurePeak(run: Run, seconds = 0): Promise<number> {
  const { warmUp, peak } = run.context.plan
  await completeInTurn(run, warmUp)
  const rate = await completeInTurn(run, peak)
  return seconds === 0 ? rate : completeInTurn(run, Math.ceil(rate * seconds))
}

/** Completions per second. Its events are sent before anything else is measured. */
async function completeInTurn(run: Run, count: number): Promise<number> {
  const { subject, context } = run
  const { plan, provider } = context
  const orders = await prepare(run, count)
  await provider.takeEvents()
  const { seconds, unanswered } = await completeAll(subject.url, orders, plan.connections)
  run.unanswered += unanswered
  if (subject.hasEvents) await provider.waitForEvents(count)
  return count / seconds
}

/** The median time of the provider alone, in milliseconds. */
async function readDirectly({ provider }: ScenarioContext): Promise<number> {
  const orders = createOrderPool('direct').take(directReads)
  await provider.seedPayments(orders)
  return median((await readRecords(provider.url, orders)).latenciesMs)
}

/** The times of the provider alone when its records are asked for at a rate: what load and machine add by themselves. */
async function readAtRate(
  { context, client, pool }: Run,
  rate: number,
): Promise<readonly number[]> {
  const { plan, provider } = context
  const orders = createOrderPool(`alone-${pool.taken.length}`).take(
    Math.ceil(rate * plan.arrivalSeconds),
  )
  await provider.seedPayments(orders)
  const arrivals = atRate(orders, rate, ({ imp_uid }) => toRecordRequest(provider.url, imp_uid))
  return present((await runArrivals(client, arrivals, limitMs)).latenciesMs)
}

interface Seen {
  readonly run: ArrivalRun
  /** Completions per second that succeeded while others still arrived. */
  readonly perSecond: number
  readonly cpuMicros: number
  readonly callsEach: number
}

async function arrive(run: Run, rate: number): Promise<Seen> {
  const { subject, context, client } = run
  const seconds = context.plan.arrivalSeconds
  const orders = await prepare(run, Math.ceil(rate * seconds))
  await context.provider.takeCalls()
  const before = await subject.readCpuTime()
  const arrivals = atRate(orders, rate, (order) => toCompletion(subject, order))
  const seen = await runArrivals(client, arrivals, limitMs)
  const cpuMicros = (await subject.readCpuTime()) - before
  const { tokens, records } = await context.provider.takeCalls()
  const inTime = seen.answeredAtMs.filter((at) => at <= seconds * 1000).length
  const each = (total: number) => total / orders.length
  return {
    run: seen,
    perSecond: inTime / seconds,
    cpuMicros: each(cpuMicros),
    callsEach: each(tokens + records),
  }
}

/** Several runs of a subject as one. */
function joinAll(seen: readonly Seen[]): Seen {
  const all = seen.map(({ run }) => run)
  return {
    run: {
      latenciesMs: all.flatMap(({ latenciesMs }) => latenciesMs),
      answeredAtMs: all.flatMap(({ answeredAtMs }) => answeredAtMs),
      lateMs: all.flatMap(({ lateMs }) => lateMs),
    },
    perSecond: median(seen.map(({ perSecond }) => perSecond)),
    cpuMicros: median(seen.map(({ cpuMicros }) => cpuMicros)),
    callsEach: median(seen.map(({ callsEach }) => callsEach)),
  }
}

async function toLine(
  { subject, pool, unanswered }: Run,
  { run, perSecond, cpuMicros, callsEach }: Seen,
): Promise<Line> {
  const latenciesMs = present(run.latenciesMs)
  const late = percentile(run.lateMs, 0.99)
  return {
    subject: subject.name,
    perSecond,
    cpuMicros,
    callsEach,
    latenciesMs,
    note: `load p99 ${late.toFixed(1)} ms late`,
    violations: [
      ...findViolations(pool.taken, await subject.readOrderStates()),
      ...countOf(
        run.latenciesMs.length - latenciesMs.length + unanswered,
        'completions without success',
      ),
    ],
    samples: { latenciesMs, lateMs: run.lateMs },
  }
}
