import { createClock, createSimulator, type Simulator } from '@quayside/simulator'
import { type Client, createClient } from '../src/index.ts'
import { longTimeouts } from './manual-clock.ts'

/** A client with a simulated provider and a manual clock. */
export interface SimulatedClient {
  readonly client: Client
  readonly simulator: Simulator
  /** The simulated time at the start, in UNIX seconds. */
  readonly startedAt: number
  /** Opens and approves a payment as a buyer. */
  readonly pay: (params: Readonly<Record<string, unknown>>) => Promise<string>
}

export function createSimulatedClient(): SimulatedClient {
  const at = new Date('2026-03-02T01:00:00Z')
  const clock = createClock({ at })
  const simulator = createSimulator({ clock, naverPollMs: 0 })
  const keys = { key: 'simulator-key', secret: 'simulator-secret' }
  const now = () => clock.now().getTime()
  return {
    client: createClient({
      ...keys,
      ...longTimeouts,
      fetch: simulator.fetch,
      now,
      random: () => 0,
    }),
    simulator,
    startedAt: at.getTime() / 1000,
    pay: async (params) => {
      const { paymentWindow } = simulator
      const opened = paymentWindow.open({
        user_code: 'imp00000000',
        device: 'pc',
        user_agent: 'test',
        params: { name: '티셔츠', amount: 10_000, pay_method: 'card', ...params },
      })
      if (!opened.ok) throw new Error(opened.error_msg)
      await paymentWindow.approve(opened.imp_uid, { webhook: { timing: 'never' } })
      return opened.imp_uid
    },
  }
}
