import { createHttpClient } from '../../http.ts'
import { createOrderPool } from '../../order.ts'
import { runInTurn, toCompletion } from '../requests.ts'
import {
  atMost,
  choose,
  countOf,
  findViolations,
  type Line,
  present,
  type Scenario,
  type ScenarioTarget,
  withEach,
} from '../scenario.ts'

/** As many completions at once, at a server that has not served a request: how many tokens it asks for. */
export const firstRequests: Scenario = {
  name: 'first-requests',
  async run(context) {
    const { plan, provider } = context
    const lines: Line[] = []
    const targets: ScenarioTarget[] = []
    await withEach(
      context,
      choose(['sample', 'iamport', 'ours-sqlite-fetch', 'ours-sqlite-pool'], plan),
      async (subject) => {
        const orders = createOrderPool(`first-${subject.name}`).take(plan.first)
        await subject.open(orders)
        await provider.seedPayments(orders)
        await provider.takeCalls()
        const client = createHttpClient(plan.first)
        const requests = orders.map((order) => toCompletion(subject, order))
        const run = await runInTurn(client, requests, plan.first)
        client.close()
        const { tokens, records } = await provider.takeCalls()
        const latenciesMs = present(run.latenciesMs)
        lines.push({
          subject: subject.name,
          callsEach: (tokens + records) / plan.first,
          latenciesMs,
          note: `${tokens} tokens for ${plan.first} at once`,
          violations: [
            ...findViolations(orders, await subject.readOrderStates()),
            ...countOf(plan.first - latenciesMs.length, 'completions without success'),
          ],
          samples: { latenciesMs },
        })
        if (subject.isOurs)
          targets.push(atMost(`${subject.name}: tokens for the first requests`, tokens, 1))
      },
    )
    return { lines, targets }
  },
}
