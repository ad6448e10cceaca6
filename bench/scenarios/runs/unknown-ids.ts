import { createHttpClient } from '../../http.ts'
import { type BenchOrder, createOrderPool } from '../../order.ts'
import type { Arrival } from '../open-loop.ts'
import { runInTurn, toCompletion, toWebhook } from '../requests.ts'
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

const connections = 100
/** One request in twenty-one is that of a buyer who has paid. */
const idsPerBuyer = 20
const callsAtMost = 10
const sender = '203.0.113.9'
/** The others call the provider for each, which takes them longer and shows the same with fewer. */
const shareOfOthers = 0.1

interface Request extends Omit<Arrival, 'atMs'> {
  readonly isBuyer: boolean
}

/** B4: webhooks of orders that nobody has made, all from one address, among buyers who have paid. */
export const unknownIds: Scenario = {
  name: 'unknown-ids',
  async run(context) {
    const lines: Line[] = []
    const targets: ScenarioTarget[] = []
    await withEach(
      context,
      choose(['sample', 'iamport', 'ours-memory-pool', 'ours-sqlite-pool'], context.plan),
      async (subject) => {
        const { line, unknownCalls } = await measure(subject, context)
        lines.push(line)
        if (!subject.isOurs) return
        targets.push(
          atMost(`${subject.name}: calls for unknown ids`, unknownCalls, callsAtMost),
          atMost(`${subject.name}: buyers not served among unknown ids`, line.violations.length, 0),
        )
      },
    )
    return { lines, targets }
  },
}

async function measure(
  subject: ScenarioSubject,
  { plan, provider }: ScenarioContext,
): Promise<{ readonly line: Line; readonly unknownCalls: number }> {
  const count = Math.ceil(plan.unknown * (subject.isOurs ? 1 : shareOfOthers))
  const unknown = createOrderPool(`unknown-${subject.name}`).take(count)
  const honest = createOrderPool(`honest-${subject.name}`).take(Math.ceil(count / idsPerBuyer))
  await subject.open(honest)
  await provider.seedPayments(honest)
  await provider.takeCalls()
  const client = createHttpClient(connections)
  const before = await subject.readCpuTime()
  const requests = toRequests(subject, unknown, honest)
  const run = await runInTurn(client, requests, connections)
  const cpuMicros = ((await subject.readCpuTime()) - before) / run.latenciesMs.length
  client.close()
  const { tokens, records } = await provider.takeCalls()
  const ofBuyers = run.latenciesMs.filter((_, n) => requests[n]?.isBuyer)
  const latenciesMs = present(ofBuyers)
  const line: Line = {
    subject: subject.name,
    perSecond: run.latenciesMs.length / run.seconds,
    cpuMicros,
    callsEach: (tokens + records) / run.latenciesMs.length,
    latenciesMs,
    note: `${count} unknown, ${records - honest.length} looked up; times of ${honest.length} buyers`,
    violations: [
      ...findViolations(honest, await subject.readOrderStates()),
      ...countOf(ofBuyers.length - latenciesMs.length, 'completions without success'),
    ],
    samples: { latenciesMs },
  }
  return { line, unknownCalls: records - honest.length }
}

/** After every twenty unknown ids a buyer. The first quarter names no order: only the provider could say whether it has such a payment. */
function toRequests(
  subject: ScenarioSubject,
  unknown: readonly BenchOrder[],
  honest: readonly BenchOrder[],
): readonly Request[] {
  return honest.flatMap((buyer, group) => {
    const from = group * idsPerBuyer
    const webhooks = unknown.slice(from, from + idsPerBuyer).map(({ merchant_uid, imp_uid }, n) => {
      const isNamed = from + n >= unknown.length / 4
      const webhook = toWebhook(subject, isNamed ? { merchant_uid, imp_uid } : { imp_uid }, sender)
      return { ...webhook, isAnswered: () => true, isBuyer: false }
    })
    const completion = toCompletion(subject, buyer, `198.51.100.${group % 250}`)
    return [...webhooks, { ...completion, isBuyer: true }]
  })
}
