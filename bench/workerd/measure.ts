import { type NodeSubject, startNodeSample } from '../node/node-subject.ts'
import { startProvider } from '../node/provider.ts'
import { measureRounds, type SubjectFigures } from '../node/rounds.ts'
import { createOrderPool } from '../order.ts'
import { startUpstream } from '../upstream.ts'
import { type ColdFigures, measureCold } from './cold.ts'
import { countRequests, type RequestCounts } from './counts.ts'
import { type Latencies, measureLatencies } from './latencies.ts'
import type { WorkerdPlan } from './plan.ts'
import { measureStarts, type StartTimes } from './starts.ts'
import { inventWebhooks, repeatWebhook, type Storm } from './storms.ts'
import { startWorkerdSubject, type WorkerdSubject } from './workerd-subject.ts'

/** Everything that was measured; null and empty where it failed. */
export interface Measured {
  readonly cold: readonly ColdFigures[]
  readonly rounds: readonly SubjectFigures[]
  readonly latencies: Latencies | null
  readonly counts: RequestCounts | null
  readonly duplicates: Storm | null
  readonly unknown: Storm | null
  readonly starts: StartTimes | null
  /** What failed, with its reason. */
  readonly failures: readonly string[]
}

/** What the measurement needs, and whom it tells of its progress. */
export interface Bench {
  readonly plan: WorkerdPlan
  /** The bundled workers. */
  readonly scripts: Readonly<Record<'ours' | 'floor', string>>
  /** The core of the subjects, and that of everything else. */
  readonly cores: { readonly subject: number | null; readonly others: number | null }
  /** Has whatever must be stopped when the program is. */
  readonly running: Set<{ stop(): Promise<void> }>
  readonly tick: () => void
  /** Called with the name of the next step. */
  readonly showStep: (step: string) => void
}

/** Runs a step; one that fails is named, and the others are still measured. */
type Attempt = <Value>(step: string, work: () => Promise<Value>) => Promise<Value | null>

/** How often `tick` is called: the length of the progress bar. */
export function countTicks({ rounds, latencyRounds, starts }: WorkerdPlan): number {
  return 3 + 8 * rounds + 6 * latencyRounds + 2 + 2 * starts
}

/** Runs the whole plan. */
export async function measure(bench: Bench): Promise<Measured> {
  const failures: string[] = []
  const attempt: Attempt = async (step, work) => {
    bench.showStep(step)
    try {
      return await work()
    } catch (error) {
      failures.push(`${step}: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
  }
  const cold = await measureAllCold(bench, attempt)
  const warm = await measureWarm(bench, attempt)
  const starts = await attempt('starts', () =>
    measureStarts(bench.scripts.ours, bench.plan.starts, bench.tick),
  )
  return { cold, ...warm, starts, failures }
}

async function measureAllCold(bench: Bench, attempt: Attempt): Promise<readonly ColdFigures[]> {
  const { plan, running, tick } = bench
  const upstream = await attempt('simulator', () => startUpstream(plan.latencyMs))
  if (upstream === null) return []
  running.add(upstream)
  const measured: ColdFigures[] = []
  for (const name of ['floor', 'ours', 'sample'] as const) {
    const figures = await attempt(`${name}, cold`, async () => {
      const subject = await start(name, upstream.url, bench)
      const found = await measureCold(subject, upstream, plan)
      await end(subject, bench)
      return found
    })
    if (figures !== null) measured.push(figures)
    tick()
  }
  await end(upstream, bench)
  return measured
}

async function measureWarm(
  bench: Bench,
  attempt: Attempt,
): Promise<Omit<Measured, 'cold' | 'starts' | 'failures'>> {
  const { plan, cores, running, tick } = bench
  const nothing = { rounds: [], latencies: null, counts: null, duplicates: null, unknown: null }
  const provider = await attempt('provider', () => startProvider(cores.others))
  if (provider === null) return nothing
  running.add(provider)
  const sample = await attempt('sample', () => start('sample', provider.url, bench))
  const floor = await attempt('floor', () => startOnWorkerd('floor', provider.url, bench))
  const ours = await attempt('ours', () => startOnWorkerd('ours', provider.url, bench))
  const control = await attempt('control', () => startOnWorkerd('control', provider.url, bench))
  const exists = (each: NodeSubject | null): each is NodeSubject => each !== null
  const all = [sample, floor, ours, control].filter(exists)
  const rounds = await attempt(`${plan.connections} at a time`, () =>
    measureRounds(all, provider, plan, 'rounds', tick),
  )
  const latencies = await attempt('one at a time', () =>
    measureLatencies([sample, floor, ours].filter(exists), provider, plan, tick),
  )
  if (ours === null) return { ...nothing, rounds: rounds ?? [], latencies }
  const duplicates = await attempt('duplicates', () => repeatWebhook(ours, provider, plan))
  tick()
  const unknown = await attempt('unknown ids', () => inventWebhooks(ours, provider, plan))
  tick()
  const counts = await attempt('counts', async () => {
    const [first, second] = createOrderPool('counted').take(2)
    if (first === undefined || second === undefined) throw new Error('There are no orders')
    await ours.open([first, second])
    await provider.seedPayments([first, second])
    return countRequests(ours.db, [first, second], provider.url)
  })
  for (const each of [...all, provider]) await attempt('stop', () => end(each, bench))
  return { rounds: rounds ?? [], latencies, counts, duplicates, unknown }
}

function start(
  name: 'ours' | 'floor' | 'sample',
  providerUrl: string,
  bench: Bench,
): Promise<NodeSubject> {
  return name === 'sample'
    ? track(startNodeSample(providerUrl, bench.cores.subject), bench)
    : startOnWorkerd(name, providerUrl, bench)
}

function startOnWorkerd(
  name: 'ours' | 'floor' | 'control',
  providerUrl: string,
  bench: Bench,
): Promise<WorkerdSubject> {
  const script = bench.scripts[name === 'floor' ? 'floor' : 'ours']
  return track(startWorkerdSubject(name, { script, providerUrl, core: bench.cores.subject }), bench)
}

async function track<Started extends { stop(): Promise<void> }>(
  starting: Promise<Started>,
  { running }: Bench,
): Promise<Started> {
  const started = await starting
  running.add(started)
  return started
}

async function end(started: { stop(): Promise<void> }, { running }: Bench): Promise<void> {
  running.delete(started)
  await started.stop()
}
