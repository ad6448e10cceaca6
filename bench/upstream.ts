import { ask, createCaller, isRecord } from './http.ts'
import type { BenchOrder } from './order.ts'
import { launch } from './program.ts'
import type { UpstreamMessage } from './serve-upstream.ts'

/** Keys of a merchant that exists for one run. */
export const impKey = 'bench-key'
export const impSecret = 'bench-secret'

/** How often each operation was called. */
export type Calls = Readonly<Record<string, number>>

/** The provider that both subjects share. */
export interface Upstream {
  readonly url: string
  /** Makes the orders' payments exist, paid. */
  stage(orders: readonly BenchOrder[]): Promise<void>
  /** The calls since the last time this was asked. */
  takeCalls(): Promise<Calls>
  /** Reads each order's payment with nobody in between, one after the other, in milliseconds. */
  readDirectly(orders: readonly BenchOrder[], tick: () => void): Promise<readonly number[]>
  stop(): Promise<void>
}

/** Starts the simulator in its own process, so many milliseconds away. */
export async function startUpstream(latencyMs: number): Promise<Upstream> {
  const program = await launch('serve-upstream', [impKey, impSecret, String(latencyMs)])
  const tell = <Answer>(message: UpstreamMessage) => program.tell<Answer>(message)
  const { url } = program
  return {
    url,
    stop: () => program.stop(),
    takeCalls: () => tell<Calls>({ kind: 'take_calls' }),
    async stage(orders) {
      await tell({ kind: 'stage', orders })
    },
    async readDirectly(orders, tick) {
      const headers = { authorization: await readToken(url) }
      const caller = createCaller(1)
      const latencies: number[] = []
      for (const { imp_uid } of orders) {
        const { status, ms } = await caller.call(`${url}/payments/${imp_uid}`, { headers })
        if (status !== 200) throw new Error(`The upstream answered ${status}`)
        latencies.push(ms)
        tick()
      }
      caller.close()
      return latencies
    },
  }
}

/** How many of the calls asked for a token. */
export function tokenCallsOf(calls: Calls): number {
  return calls['POST /users/getToken'] ?? 0
}

/** How many calls there were. */
export function totalOf(calls: Calls): number {
  return Object.values(calls).reduce((sum, count) => sum + count, 0)
}

async function readToken(url: string): Promise<string> {
  const answer = await ask(`${url}/users/getToken`, { imp_key: impKey, imp_secret: impSecret })
  const grant = isRecord(answer) ? answer['response'] : null
  if (!isRecord(grant)) throw new Error('The upstream gave no token')
  return String(grant['access_token'])
}
