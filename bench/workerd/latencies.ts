import { completeAll, readRecords } from '../node/connections.ts'
import type { NodeSubject, SubjectName } from '../node/node-subject.ts'
import type { Provider } from '../node/provider.ts'
import { countWrong, createOrderPool } from '../order.ts'
import type { WorkerdPlan } from './plan.ts'

/** Latencies of one request at a time, in milliseconds: of reads of the provider alone, and of completions. */
export interface Latencies {
  readonly direct: number[]
  readonly subjects: Partial<Record<SubjectName, number[]>>
}

/** Completes orders one at a time with the provider at its distance, between reads of the provider alone. */
export async function measureLatencies(
  subjects: readonly NodeSubject[],
  provider: Provider,
  { burst, latencyRounds, singles, latencyMs }: WorkerdPlan,
  tick: () => void,
): Promise<Latencies> {
  const latencies: Latencies = { direct: [], subjects: {} }
  const pools = new Map(subjects.map((each) => [each, createOrderPool(`single-${each.name}`)]))
  const complete = async (subject: NodeSubject, count: number) => {
    const orders = pools.get(subject)?.take(count) ?? []
    await subject.open(orders)
    await provider.seedPayments(orders)
    return completeAll(subject.url, orders, 1)
  }
  const read = createOrderPool('direct')
  const readDirectly = async () => {
    const orders = read.take(singles)
    await provider.seedPayments(orders)
    latencies.direct.push(...(await readRecords(provider.url, orders)).latenciesMs)
  }
  for (const subject of subjects) await complete(subject, burst)
  await provider.setLatency(latencyMs)
  for (let round = 0; round < latencyRounds; round++) {
    const order = round % 2 === 0 ? subjects : subjects.toReversed()
    await readDirectly()
    for (const subject of [...order, ...order.toReversed()]) {
      const { latenciesMs } = await complete(subject, singles)
      latencies.subjects[subject.name] = [
        ...(latencies.subjects[subject.name] ?? []),
        ...latenciesMs,
      ]
      tick()
    }
    await readDirectly()
  }
  await provider.setLatency(0)
  for (const [subject, { taken }] of pools) {
    const wrong = countWrong(taken, await subject.readOrderStates())
    if (wrong > 0) throw new Error(`${wrong} orders of ${subject.name} are wrong`)
  }
  return latencies
}
