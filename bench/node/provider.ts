import type { BenchOrder } from '../order.ts'
import { launch } from '../program.ts'
import type { ProviderMessage } from './serve-provider.ts'

/** The provider that all subjects share. */
export interface Provider {
  readonly url: string
  /** Creates a paid payment for each order. */
  seedPayments(orders: readonly BenchOrder[]): Promise<void>
  /** Delays each record from now on, in milliseconds. */
  setLatency(ms: number): Promise<void>
  /** How many calls there were since the previous `takeCalls`. */
  takeCalls(): Promise<number>
  stop(): Promise<void>
}

/** Starts the simulator in its own process, on one core if it is given. */
export async function startProvider(core: number | null): Promise<Provider> {
  const program = await launch('node/serve-provider', [], core)
  const send = <Reply>(message: ProviderMessage) => program.send<Reply>(message)
  return {
    url: program.url,
    stop: () => program.stop(),
    takeCalls: () => send<number>({ kind: 'take_calls' }),
    async seedPayments(orders) {
      await send({ kind: 'seed_payments', orders })
    },
    async setLatency(ms) {
      await send({ kind: 'set_latency', ms })
    },
  }
}
