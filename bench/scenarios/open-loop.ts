import { setTimeout as wait } from 'node:timers/promises'
import type { HttpClient, Reply, RequestOptions } from '../http.ts'

// Requests begin when they are due, whether or not earlier ones have been answered, and a latency counts from that time, not from
// when the request was sent. So what a stall keeps from being sent is measured too, and needs no correction afterwards.

/** One request of a schedule. */
export interface Arrival {
  /** When it is due, in milliseconds from the start. */
  readonly atMs: number
  readonly url: string
  readonly options: RequestOptions
  readonly isAnswered: (reply: Reply) => boolean
}

/** What a schedule has shown. */
export interface ArrivalRun {
  /** From when each was due to its response, in the order of the schedule; null without the response that was wanted. */
  readonly latenciesMs: readonly (number | null)[]
  /** When each got the response that was wanted, in milliseconds from the start. */
  readonly answeredAtMs: readonly number[]
  /** How much later than due the requests were handed to the client. It grows when the load, not the subject, is the limit. */
  readonly lateMs: readonly number[]
}

/** Sends each request when it is due, and resolves when all have been answered or `limitMs` have passed since each was due. */
export async function runArrivals(
  client: HttpClient,
  arrivals: readonly Arrival[],
  limitMs: number,
): Promise<ArrivalRun> {
  const latenciesMs: (number | null)[] = arrivals.map(() => null)
  const answeredAtMs: number[] = []
  const lateMs: number[] = []
  const start = performance.now()
  const send = async ({ atMs, url, options, isAnswered }: Arrival, n: number) => {
    const reply = await within(limitMs, () => client.call(url, options))
    if (reply === null || !isAnswered(reply)) return
    const endedAt = performance.now() - start
    latenciesMs[n] = endedAt - atMs
    answeredAtMs.push(endedAt)
  }
  const sent: Promise<void>[] = []
  for (const [n, arrival] of arrivals.entries()) {
    const leftMs = start + arrival.atMs - performance.now()
    // Shorter waits than a millisecond are none to the timer: what is due by then is sent together.
    if (leftMs >= 1) await wait(leftMs)
    lateMs.push(Math.max(performance.now() - start - arrival.atMs, 0))
    sent.push(send(arrival, n))
  }
  await Promise.all(sent)
  return { latenciesMs, answeredAtMs, lateMs }
}

/** Arrivals at a constant rate. */
export function atRate<Item>(
  items: readonly Item[],
  perSecond: number,
  toRequest: (item: Item) => Omit<Arrival, 'atMs'>,
): readonly Arrival[] {
  return items.map((item, n) => ({ ...toRequest(item), atMs: (n * 1000) / perSecond }))
}

/** Null when the call fails, or takes longer. */
async function within<Value>(ms: number, call: () => Promise<Value>): Promise<Value | null> {
  const timer = new AbortController()
  const late = wait(ms, null, { signal: timer.signal }).catch(() => null)
  const result = await Promise.race([call().catch(() => null), late])
  timer.abort()
  return result
}
