import { createHttpClient } from '../../http.ts'
import { type BenchOrder, createOrderPool } from '../../order.ts'
import { type Arrival, runArrivals } from '../open-loop.ts'
import { toCompletion, toRedirect, toWebhook } from '../requests.ts'
import {
  atMost,
  choose,
  countOf,
  findViolations,
  type Line,
  present,
  type Scenario,
  type ScenarioContext,
  type ScenarioTarget,
  withEach,
} from '../scenario.ts'
import type { ScenarioSubject } from '../subjects/subject.ts'

const spreadMs = 2_000
const limitMs = 12_000
const callsAtMost = 1.01

/** B2: the page, the return of a phone and the webhook report each payment, within two seconds and in any order. */
export const channels: Scenario = {
  name: 'three-channels',
  async run(context) {
    const lines: Line[] = []
    const targets: ScenarioTarget[] = []
    await withEach(
      context,
      choose(['sample', 'iamport', 'ours-memory-pool', 'ours-sqlite-pool'], context.plan),
      async (subject) => {
        const line = await measure(subject, context)
        lines.push(line)
        if (!subject.isOurs) return
        targets.push(
          atMost(
            `${subject.name}: calls per order of three messages`,
            line.callsEach ?? 0,
            callsAtMost,
          ),
          atMost(
            `${subject.name}: orders not paid once, or not with one event`,
            line.violations.length,
            0,
          ),
        )
      },
    )
    return { lines, targets }
  },
}

async function measure(subject: ScenarioSubject, context: ScenarioContext): Promise<Line> {
  const { plan, provider, random } = context
  const orders = createOrderPool(`channels-${subject.name}`).take(plan.threefold)
  await subject.open(orders)
  await provider.seedPayments(orders)
  await provider.behave({ latencyMs: plan.latencyMs })
  await provider.takeCalls()
  await provider.takeEvents()
  const client = createHttpClient(1_000)
  const run = await runArrivals(client, toArrivals(subject, orders, random), limitMs)
  client.close()
  await provider.behave({})
  const { tokens, records } = await provider.takeCalls()
  const answered = present(run.latenciesMs)
  const received = subject.hasEvents ? await countEvents(context, orders) : null
  return {
    subject: subject.name,
    callsEach: (tokens + records) / orders.length,
    latenciesMs: answered,
    note: received === null ? '' : `${received} of ${orders.length} orders with one event received`,
    violations: [
      ...findViolations(orders, await subject.readOrderStates()),
      ...countOf(run.latenciesMs.length - answered.length, 'messages without the right response'),
      ...countOf(
        orders.length - (received ?? orders.length),
        'orders whose event was not received once',
      ),
    ],
    samples: { latenciesMs: answered },
  }
}

function toArrivals(
  subject: ScenarioSubject,
  orders: readonly BenchOrder[],
  random: () => number,
): readonly Arrival[] {
  return orders
    .flatMap((order) => [
      toCompletion(subject, order),
      toRedirect(subject, order),
      toWebhook(subject, order),
    ])
    .filter((request) => request !== null)
    .map((request) => ({ ...request, atMs: random() * spreadMs }))
    .toSorted((a, b) => a.atMs - b.atMs)
}

/** How many of the orders had exactly one event, once deliveries have had their time. */
async function countEvents(
  { provider }: ScenarioContext,
  orders: readonly BenchOrder[],
): Promise<number> {
  await provider.waitForEvents(orders.length)
  const events = await provider.takeEvents()
  return orders.filter(({ merchant_uid }) => events.get(merchant_uid) === 1).length
}
