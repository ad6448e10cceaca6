import { createHttpClient } from '../../http.ts'
import { createOrderPool } from '../../order.ts'
import { runInTurn, toCompletion, toWebhook } from '../requests.ts'
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
import type { ScenarioSubject } from '../subjects/subject.ts'

const connections = 100
const perSecondAtLeast = 1_000
const p99AtMost = 500
/** The others call the provider for each, which takes them longer and shows the same with fewer. */
const shareOfOthers = 0.1

/** B3: the same webhook of one settled order, over and over. */
export const duplicates: Scenario = {
  name: 'duplicates',
  async run(context) {
    const lines: Line[] = []
    const targets: ScenarioTarget[] = []
    await withEach(
      context,
      choose(['sample', 'iamport', 'ours-memory-pool', 'ours-sqlite-pool'], context.plan),
      async (subject) => {
        const line = await measure(subject, context)
        lines.push(line)
        if (subject.isOurs) targets.push(...toTargets(line))
      },
    )
    return { lines, targets }
  },
}

async function measure(
  subject: ScenarioSubject,
  { plan, provider }: ScenarioContext,
): Promise<Line> {
  const orders = createOrderPool(`duplicates-${subject.name}`).take(1)
  await subject.open(orders)
  await provider.seedPayments(orders)
  await provider.takeEvents()
  const client = createHttpClient(connections)
  const first = orders.map((order) => toCompletion(subject, order))
  const settled = await runInTurn(client, first, 1)
  await provider.takeCalls()
  const send = (times: number) => {
    const webhooks = Array.from({ length: times }, () => orders).flat()
    const requests = webhooks.map((order) => toWebhook(subject, order))
    return runInTurn(client, requests, connections)
  }
  await send(plan.burst)
  const count = Math.ceil(plan.duplicates * (subject.isOurs ? 1 : shareOfOthers))
  const before = await subject.readCpuTime()
  const run = await send(count)
  const cpuMicros = ((await subject.readCpuTime()) - before) / count
  client.close()
  const { tokens, records } = await provider.takeCalls()
  const latenciesMs = present(run.latenciesMs)
  const received = await countEvents(subject, provider)
  return {
    subject: subject.name,
    perSecond: count / run.seconds,
    cpuMicros,
    callsEach: (tokens + records) / (count + plan.burst),
    latenciesMs,
    note: `${count} duplicates${received === null ? '' : `, ${received} event received`}`,
    violations: [
      ...findViolations(orders, await subject.readOrderStates()),
      ...countOf(settled.latenciesMs.filter((ms) => ms === null).length, 'orders not completed'),
      ...countOf(count - latenciesMs.length, 'webhooks without 200'),
      ...(received === null || received === 1 ? [] : [`${received} events received`]),
    ],
    samples: { latenciesMs },
  }
}

async function countEvents(
  { hasEvents }: ScenarioSubject,
  provider: ScenarioContext['provider'],
): Promise<number | null> {
  if (!hasEvents) return null
  await provider.waitForEvents(1)
  const events = await provider.takeEvents()
  return [...events.values()].reduce((sum, each) => sum + each, 0)
}

function toTargets({
  subject,
  callsEach = 0,
  perSecond = 0,
  latenciesMs = [],
  violations,
}: Line): readonly ScenarioTarget[] {
  return [
    atMost(`${subject}: calls per duplicate`, callsEach, 0),
    atLeast(`${subject}: duplicates per second`, perSecond, perSecondAtLeast),
    atMost(`${subject}: duplicates, p99, ms`, toShares(latenciesMs).p99, p99AtMost),
    atMost(`${subject}: duplicates, violations`, violations.length, 0),
  ]
}
