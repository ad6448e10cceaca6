import { setTimeout as wait } from 'node:timers/promises'
import type { BenchOrder } from '../order.ts'
import { launch } from '../program.ts'
import type {
  ProviderBehaviour,
  ProviderCalls,
  ProviderMessage,
  ReceivedEvents,
} from './serve-provider.ts'

/** The provider that all subjects share, and the receiver of their events. */
export interface ScenarioProvider {
  readonly url: string
  /** Creates a paid payment for each order. */
  seedPayments(orders: readonly BenchOrder[]): Promise<void>
  /** Responds so from now on; what is left out is as at the start: at once, with tokens that stay valid. */
  behave(behaviour: Partial<ProviderBehaviour>): Promise<void>
  /** The calls since the previous `takeCalls`. */
  takeCalls(): Promise<ProviderCalls>
  /** Resolves when so many events have been received since the previous `takeEvents`, or after ten seconds. */
  waitForEvents(count: number): Promise<void>
  /** How many different events of each order were received since the previous `takeEvents`. */
  takeEvents(): Promise<ReadonlyMap<string, number>>
  /** The processor time that its process has used, in microseconds. */
  readCpuTime(): Promise<number>
  stop(): Promise<void>
}

const ordersPerMessage = 5_000
const waitMs = 50
const maxWaits = 200

/** Starts the provider in its own process, on one core if it is given. */
export async function startScenarioProvider(core: number | null): Promise<ScenarioProvider> {
  const program = await launch('scenarios/serve-provider', [], core)
  const send = <Reply>(message: ProviderMessage) => program.send<Reply>(message)
  return {
    url: program.url,
    stop: () => program.stop(),
    readCpuTime: () => program.readCpuTime(),
    takeCalls: () => send<ProviderCalls>({ kind: 'take_calls' }),
    async waitForEvents(count) {
      for (let waits = 0; waits < maxWaits; waits++) {
        if ((await send<number>({ kind: 'count_events' })) >= count) return
        await wait(waitMs)
      }
    },
    takeEvents: async () => new Map(await send<ReceivedEvents>({ kind: 'take_events' })),
    async behave(changed) {
      const behaviour = { latencyMs: 0, tokenMs: null, stallEvery: null, ...changed }
      await send({ kind: 'set_behaviour', behaviour })
    },
    async seedPayments(orders) {
      for (let from = 0; from < orders.length; from += ordersPerMessage) {
        const some = orders.slice(from, from + ordersPerMessage)
        await send({ kind: 'seed_payments', orders: some })
      }
    },
  }
}
