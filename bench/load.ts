import { createCaller, isRecord } from './http.ts'
import type { BenchOrder } from './order.ts'
import type { Subject } from './subject.ts'

/** One run of completions against one subject. */
export interface Run {
  readonly latenciesMs: readonly number[]
  readonly seconds: number
  /** Answers that did not tell the buyer of success. */
  readonly unanswered: number
}

/**
 * Completes every order once, on so many connections, each of which sends its next request when it has the
 * answer to the last.
 */
export async function complete(
  subject: Subject,
  orders: readonly BenchOrder[],
  connections: number,
  tick: () => void,
): Promise<Run> {
  const caller = createCaller(connections)
  const queue = orders.values()
  const latenciesMs: number[] = []
  let unanswered = 0
  const work = async () => {
    for (const { imp_uid, merchant_uid } of queue) {
      const body = { imp_uid, merchant_uid }
      const reply = await caller.call(`${subject.url}/payments/complete`, { body })
      latenciesMs.push(reply.ms)
      if (reply.status !== 200 || !saysSuccess(reply.body)) unanswered++
      tick()
    }
  }
  const at = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - at) / 1000
  caller.close()
  return { latenciesMs, seconds, unanswered }
}

function saysSuccess(body: string): boolean {
  const answer: unknown = JSON.parse(body)
  return isRecord(answer) && answer['status'] === 'success'
}
