import { setTimeout as wait } from 'node:timers/promises'
import { createHttpClient } from '../../http.ts'
import { type BenchOrder, createOrderPool } from '../../order.ts'
import { type ArrivalRun, atRate, runArrivals } from '../open-loop.ts'
import { toCompletion } from '../requests.ts'
import {
  atMost,
  choose,
  findViolations,
  type Line,
  present,
  type Scenario,
  type ScenarioContext,
  type ScenarioTarget,
  withEach,
} from '../scenario.ts'
import type { ProviderBehaviour } from '../serve-provider.ts'
import type { ScenarioSubject } from '../subjects/subject.ts'

/** Low enough for every subject: not the rate is measured, but whether everything is settled. */
const perSecond = 150
const tokenMs = 2_000
/** One call in twenty gets no response. */
const stallEvery = 20
/** No buyer waits longer for one response. */
const limitMs = 6_000
/** How often a page asks again that did not read of success, and how long it waits before. */
const repetitions = 2
const pauseMs = 1_000
const callsAtMost = 1.15

/** B5: the provider refuses every token two seconds after it granted it. */
export const tokenExpiry: Scenario = {
  name: 'token-expiry',
  run: (context) =>
    runWith(context, { tokenMs }, Math.ceil(context.plan.expirySeconds * perSecond)),
}

/** B6: one call of the provider in twenty gets no response. */
export const stalls: Scenario = {
  name: 'stalls',
  run: (context) => runWith(context, { stallEvery }, context.plan.stalled),
}

async function runWith(
  context: ScenarioContext,
  behaviour: Partial<ProviderBehaviour>,
  count: number,
) {
  const lines: Line[] = []
  const targets: ScenarioTarget[] = []
  const fault = behaviour.tokenMs == null ? 'stalled calls' : 'expired tokens'
  await withEach(
    context,
    choose(['sample', 'iamport', 'ours-sqlite-pool'], context.plan),
    async (subject) => {
      await context.provider.behave(behaviour)
      const line = await measure(subject, context, count)
      lines.push(line)
      await context.provider.behave({})
      if (!subject.isOurs) return
      targets.push(
        atMost(
          `${subject.name}: orders not settled in spite of ${fault}`,
          line.violations.length,
          0,
        ),
        atMost(
          `${subject.name}: calls per completion with ${fault}`,
          line.callsEach ?? 0,
          callsAtMost,
        ),
      )
    },
  )
  return { lines, targets }
}

/** Each page asks until it reads of success, as one that gets "pending" does. */
async function measure(
  subject: ScenarioSubject,
  { provider }: ScenarioContext,
  count: number,
): Promise<Line> {
  const orders = createOrderPool(`faults-${provider.url.slice(-5)}-${subject.name}`).take(count)
  await subject.open(orders)
  await provider.seedPayments(orders)
  await provider.takeCalls()
  const client = createHttpClient(count)
  const send = (some: readonly BenchOrder[]): Promise<ArrivalRun> =>
    runArrivals(
      client,
      atRate(some, perSecond, (order) => toCompletion(subject, order)),
      limitMs,
    )
  const first = await send(orders)
  let open = orders.filter((_, n) => first.latenciesMs[n] === null)
  const failedFirst = open.length
  for (let tries = 0; tries < repetitions && open.length > 0; tries++) {
    await wait(pauseMs)
    const again = await send(open)
    open = open.filter((_, n) => again.latenciesMs[n] === null)
  }
  client.close()
  const { tokens, records } = await provider.takeCalls()
  const latenciesMs = present(first.latenciesMs)
  return {
    subject: subject.name,
    callsEach: (tokens + records) / count,
    latenciesMs,
    note: `${failedFirst} of ${count} not at the first try, ${tokens} tokens`,
    violations: findViolations(orders, await subject.readOrderStates()),
    samples: { latenciesMs },
  }
}
