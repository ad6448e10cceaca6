import { createHttpClient, isRecord } from './http.ts'
import type { BenchOrder } from './order.ts'
import type { Subject } from './subject.ts'

/** One run of completions against one subject. */
export interface Run {
  readonly latenciesMs: readonly number[]
  readonly seconds: number
  /** Responses without `success`. */
  readonly unanswered: number
}

/**
 * Completes every order once, on `connections` connections, each of which sends its next request after the
 * previous response.
 */
export async function complete(
  subject: Subject,
  orders: readonly BenchOrder[],
  connections: number,
  tick: () => void,
): Promise<Run> {
  const client = createHttpClient(connections)
  const queue = orders.values()
  const latenciesMs: number[] = []
  let unanswered = 0
  const work = async () => {
    for (const { imp_uid, merchant_uid } of queue) {
      const body = { imp_uid, merchant_uid }
      const reply = await client.call(`${subject.url}/payments/complete`, { body })
      latenciesMs.push(reply.ms)
      if (reply.status !== 200 || !isSuccess(reply.body)) unanswered++
      tick()
    }
  }
  const at = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - at) / 1000
  client.close()
  return { latenciesMs, seconds, unanswered }
}

function isSuccess(body: string): boolean {
  const response: unknown = JSON.parse(body)
  return isRecord(response) && response['status'] === 'success'
}
