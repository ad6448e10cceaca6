import { createHttpClient, isRecord, requestJson } from './http.ts'
import type { BenchOrder } from './order.ts'
import { launch } from './program.ts'
import type { UpstreamMessage } from './serve-upstream.ts'

/** Keys of a merchant, for one run. */
export const impKey = 'bench-key'
export const impSecret = 'bench-secret'

/** How often each operation was called. */
export type Calls = Readonly<Record<string, number>>

/** The provider that both subjects share. */
export interface Upstream {
  readonly url: string
  /** Creates a paid payment for each order. */
  seedPayments(orders: readonly BenchOrder[]): Promise<void>
  /** The calls since the previous `takeCalls`. */
  takeCalls(): Promise<Calls>
  /** Reads each order's payment directly, one after the other; returns the latencies in milliseconds. */
  readDirectly(orders: readonly BenchOrder[], tick: () => void): Promise<readonly number[]>
  stop(): Promise<void>
}

/** Starts the simulator in its own process, with a latency in milliseconds. */
export async function startUpstream(latencyMs: number): Promise<Upstream> {
  const program = await launch('serve-upstream', [impKey, impSecret, String(latencyMs)])
  const send = <Reply>(message: UpstreamMessage) => program.send<Reply>(message)
  const { url } = program
  return {
    url,
    stop: () => program.stop(),
    takeCalls: () => send<Calls>({ kind: 'take_calls' }),
    async seedPayments(orders) {
      await send({ kind: 'seed_payments', orders })
    },
    async readDirectly(orders, tick) {
      const headers = { authorization: await readToken(url) }
      const client = createHttpClient(1)
      const latencies: number[] = []
      for (const { imp_uid } of orders) {
        const { status, ms } = await client.call(`${url}/payments/${imp_uid}`, { headers })
        if (status !== 200) throw new Error(`The upstream responded ${status}`)
        latencies.push(ms)
        tick()
      }
      client.close()
      return latencies
    },
  }
}

/** How many of the calls requested a token. */
export function tokenCallsOf(calls: Calls): number {
  return calls['POST /users/getToken'] ?? 0
}

/** How many calls there were. */
export function totalOf(calls: Calls): number {
  return Object.values(calls).reduce((sum, count) => sum + count, 0)
}

async function readToken(url: string): Promise<string> {
  const received = await requestJson(`${url}/users/getToken`, {
    imp_key: impKey,
    imp_secret: impSecret,
  })
  const grant = isRecord(received) ? received['response'] : null
  if (!isRecord(grant)) throw new Error('The upstream returned no token')
  return String(grant['access_token'])
}
