import { completeAll } from '../node/connections.ts'
import type { NodeSubject, SubjectName } from '../node/node-subject.ts'
import { countPaid, countWrong, createOrderPool } from '../order.ts'
import { tokenCallsOf, type Upstream } from '../upstream.ts'
import type { WorkerdPlan } from './plan.ts'

/** What a server did that had not served a request before. */
export interface ColdFigures {
  readonly name: SubjectName
  readonly tokenCalls: number
  /** Completions without `success`. */
  readonly unanswered: number
  readonly wrongOrders: number
  /** How many payments of a wrong amount it accepted. */
  readonly forgeriesAccepted: number
}

/** Completes orders that arrive all at once at a cold server; then pays one won too little for others. */
export async function measureCold(
  subject: NodeSubject,
  upstream: Upstream,
  { cold, forgeries, connections }: WorkerdPlan,
): Promise<ColdFigures> {
  const { name, url } = subject
  const orders = createOrderPool(`cold-${name}`).take(cold)
  await subject.open(orders)
  await upstream.seedPayments(orders)
  await upstream.takeCalls()
  const { unanswered } = await completeAll(url, orders, cold)
  const tokenCalls = tokenCallsOf(await upstream.takeCalls())

  const forged = createOrderPool(`forged-${name}`).take(forgeries)
  await subject.open(forged)
  await upstream.seedPayments(forged.map((order) => ({ ...order, amount: order.amount - 1 })))
  const refused = await completeAll(url, forged, connections)
  const states = await subject.readOrderStates()
  return {
    name,
    tokenCalls,
    unanswered,
    wrongOrders: countWrong(orders, states),
    forgeriesAccepted: Math.max(forgeries - refused.unanswered, countPaid(forged, states)),
  }
}
