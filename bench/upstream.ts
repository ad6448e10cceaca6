import type { BenchOrder } from './order.ts'
import { launch } from './program.ts'
import type { UpstreamMessage } from './serve-upstream.ts'

/** Keys of a merchant, for one run. */
export const impKey = 'bench-key'
export const impSecret = 'bench-secret'

/** How often each operation was called. */
export type Calls = Readonly<Record<string, number>>

/** The simulator as the provider of a subject. */
export interface Upstream {
  readonly url: string
  /** Creates a paid payment for each order. */
  seedPayments(orders: readonly BenchOrder[]): Promise<void>
  /** The calls since the previous `takeCalls`. */
  takeCalls(): Promise<Calls>
  stop(): Promise<void>
}

/** Starts the simulator in its own process, with a latency in milliseconds. */
export async function startUpstream(latencyMs: number): Promise<Upstream> {
  const program = await launch('serve-upstream', [impKey, impSecret, String(latencyMs)])
  const send = <Reply>(message: UpstreamMessage) => program.send<Reply>(message)
  return {
    url: program.url,
    stop: () => program.stop(),
    takeCalls: () => send<Calls>({ kind: 'take_calls' }),
    async seedPayments(orders) {
      await send({ kind: 'seed_payments', orders })
    },
  }
}

/** How many of the calls requested a token. */
export function tokenCallsOf(calls: Calls): number {
  return calls['POST /users/getToken'] ?? 0
}
