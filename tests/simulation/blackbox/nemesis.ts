import { setTimeout as sleep } from 'node:timers/promises'
import { createPrng, type Prng } from '../engine/prng.ts'
import type { FaultWindow } from './checkers/http-history.ts'
import type { Clients } from './clients.ts'
import type { Environment, ProviderWebhook } from './environment.ts'

// The faults around a batch of histories. Every fourth batch has none: in it, no violation is excused.

/** The faults of one batch. */
export interface Nemesis {
  readonly faultWindows: readonly FaultWindow[]
  start(environment: Environment): Promise<void>
  /** Does what is due when this share of the histories is over: a fault, or a run of the cron. */
  tick(environment: Environment, share: number): Promise<void>
  /** Whether every planned kill took place. */
  isDone(): boolean
  /** Ends all faults. */
  stop(environment: Environment): Promise<void>
  /** Makes the next lookups of a payment fail, if the provider is faulty in this batch. */
  faultLookups(imp_uid: string, prng: Prng): Promise<void>
  /** The status of the receiver's response to an event. */
  receiverStatus(id: string): number
}

const lookupFaults = [
  'unavailable_json',
  'error_html',
  'reset',
  'truncated_json',
  'not_found',
  'too_many_bare',
  'null_response',
  'other_payment',
  'stale_record',
  'unknown_status',
] as const
/** How fast a minute of Cloudflare's clock passes. */
const cronMs = 400
/** The lease of a killed sweep has expired then. */
const leaseMs = 51_000

/** Draws the faults of a batch from its number. */
export function createNemesis(batch: number): Nemesis {
  const prng = createPrng(batch + 7)
  const hasFaults = batch % 4 === 1 || batch % 4 === 3
  const crashShares =
    batch % 4 >= 2 ? [0.05 + prng.below(15) / 100, 0.35 + prng.below(15) / 100] : []
  const crashesDuringCron = batch % 16 === 15
  const receiverFails = batch % 4 >= 2
  const faultWindows: FaultWindow[] = []
  const tries = new Map<string, number>()
  let hasEnded = false
  let lastCronAt = 0
  let faultsSince = 0
  let wasDown = false
  let baseUrl = ''

  const addFault = async (rule: Readonly<Record<string, unknown>>): Promise<void> => {
    await fetch(`${baseUrl}/_simulator/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rule),
    })
  }
  const crash = async (environment: Environment): Promise<void> => {
    const from = performance.now()
    if (crashesDuringCron) {
      // A cron run that is killed with its deployment has no response.
      void environment.runCron().catch(() => undefined)
      await sleep(prng.below(60))
    }
    await environment.killAndRestart()
    faultWindows.push({ kind: 'crash', from, to: performance.now() })
  }

  return {
    faultWindows,
    async start({ simulatorUrl }) {
      baseUrl = simulatorUrl
      faultsSince = performance.now()
    },
    async tick(environment, share) {
      const [next] = crashShares
      if (next !== undefined && share >= next) {
        crashShares.shift()
        await crash(environment)
        return
      }
      if (hasFaults && share > 0.4 && !wasDown) {
        wasDown = true
        await addFault({ fault: 'unavailable_json', times: 30 })
        await addFault({ fault: 'reset_after', path: '/payments/cancel', times: 2 })
      }
      if (performance.now() - lastCronAt < cronMs) return
      await environment.runCron()
      lastCronAt = performance.now()
    },
    isDone: () => crashShares.length === 0,
    async stop({ simulatorUrl }) {
      hasEnded = true
      await fetch(`${simulatorUrl}/_simulator/faults`, { method: 'DELETE' })
      const to = performance.now()
      if (hasFaults) faultWindows.push({ kind: 'provider', from: faultsSince, to })
      if (receiverFails) faultWindows.push({ kind: 'receiver', from: faultsSince, to })
      if (crashesDuringCron) await sleep(leaseMs)
    },
    async faultLookups(imp_uid, own) {
      const fault = lookupFaults[own.below(lookupFaults.length * 2)]
      if (!hasFaults || fault === undefined) return
      await addFault({ fault, path: `/payments/${imp_uid}`, times: 1 + own.below(2) })
    },
    receiverStatus(id) {
      if (!receiverFails || hasEnded) return 204
      const tried = (tries.get(id) ?? 0) + 1
      tries.set(id, tried)
      return tried === 1 && prng.below(4) === 3 ? 500 : 204
    },
  }
}

/** How often, and after how many milliseconds, a webhook arrives. */
const deliveryDelays: readonly (readonly number[])[] = [
  [0],
  [0],
  [0, 0],
  [700],
  [],
  [0, 300],
  [150],
]
/** The provider resends after a 5xx: five times, a minute apart, which is shorter here. */
const resends = 5
const resendMs = 250

/** Delivers a webhook of the provider: once, twice, late or never. */
export async function deliverWebhook(
  webhook: ProviderWebhook,
  clients: Clients,
  prng: Prng,
): Promise<void> {
  const delays = deliveryDelays[prng.below(deliveryDelays.length)] ?? [0]
  const isForm = prng.below(4) === 3
  await Promise.all(
    delays.map(async (delayMs) => {
      await sleep(delayMs)
      for (let tries = 0; tries <= resends; tries++) {
        const { code } = await clients.webhook(webhook, isForm)
        if (code !== null && code < 500) return
        await sleep(resendMs)
      }
    }),
  )
}
