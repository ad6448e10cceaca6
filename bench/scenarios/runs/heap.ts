import { completeAll } from '../../node/connections.ts'
import { createOrderPool, type OrderPool } from '../../order.ts'
import { median } from '../../statistics.ts'
import {
  atMost,
  countOf,
  findViolations,
  type Line,
  type Scenario,
  type ScenarioContext,
  type ScenarioTarget,
  withEach,
} from '../scenario.ts'
import type { ScenarioSubject } from '../subjects/subject.ts'

/** More than the server remembers of recent payments: until then its heap has to grow. */
const untimedOrders = 6_000
/** Each order is completed, and then completed again. */
const requestsPerOrder = 10
const intervals = 10
const kBAtMost = 1

/** How the heap in use after a collection grows with the number of requests. */
export const heap: Scenario = {
  name: 'heap',
  async run(context) {
    const lines: Line[] = []
    const targets: ScenarioTarget[] = []
    await withEach(context, ['ours-sqlite-pool'], async (subject) => {
      const { line, slope } = await measure(subject, context)
      lines.push(line)
      targets.push(atMost(`${subject.name}: heap, kB per 1,000 requests`, slope, kBAtMost))
    })
    return { lines, targets }
  },
}

async function measure(
  subject: ScenarioSubject,
  context: ScenarioContext,
): Promise<{ readonly line: Line; readonly slope: number }> {
  const { heapRequests } = context.plan
  const pool = createOrderPool('heap')
  const perInterval = Math.ceil(heapRequests / requestsPerOrder / intervals)
  let unanswered = await complete(subject, context, pool, untimedOrders, 1)
  unanswered += await complete(subject, context, pool, perInterval, requestsPerOrder)
  const heaps = [await subject.readHeap()]
  for (let interval = 0; interval < intervals; interval++) {
    unanswered += await complete(subject, context, pool, perInterval, requestsPerOrder)
    heaps.push(await subject.readHeap())
  }
  const slope = toSlope(heaps) / (perInterval * requestsPerOrder)
  const [first = 0] = heaps
  const line: Line = {
    subject: subject.name,
    note: `${slope.toFixed(2)} kB per 1,000 of ${heapRequests} requests; ${(first / 1e6).toFixed(1)} MB before them`,
    violations: [
      ...findViolations(pool.taken, await subject.readOrderStates()),
      ...countOf(unanswered, 'completions without success'),
    ],
    samples: { heaps },
  }
  return { line, slope }
}

async function complete(
  subject: ScenarioSubject,
  { plan, provider }: ScenarioContext,
  pool: OrderPool,
  count: number,
  times: number,
): Promise<number> {
  const orders = pool.take(count)
  await subject.open(orders)
  await provider.seedPayments(orders)
  await provider.takeEvents()
  const requests = Array.from({ length: times }, () => orders).flat()
  const { unanswered } = await completeAll(subject.url, requests, plan.connections)
  // An event on its way is in the heap.
  await provider.waitForEvents(count)
  return unanswered
}

/** The growth per interval: the median of the slopes between any two values, which one outlier does not move. */
function toSlope(values: readonly number[]): number {
  const slopes = values.flatMap((value, n) =>
    values.slice(n + 1).map((later, distance) => (later - value) / (distance + 1)),
  )
  return median(slopes)
}
