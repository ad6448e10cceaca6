import { type Chance, createChance } from '../engine/prng.ts'
import type { Trouble } from './checkers/http-history.ts'
import { type Hands, sleep } from './clients.ts'
import type { Letter, World } from './environment.ts'

// What goes wrong around a batch of histories. Every fourth batch is calm: in it, no trouble excuses anything.

/** The troubles of one batch. */
export interface Weather {
  readonly troubles: readonly Trouble[]
  begin(world: World): Promise<void>
  /** Does what is due now, when this share of the histories is over: strikes, or lets a cron period pass. */
  pass(world: World, share: number): Promise<void>
  /** Whether everything struck that was to strike. */
  isOver(): boolean
  /** Ends all trouble. */
  end(world: World): Promise<void>
  /** Spoils the next lookups of a payment, where the provider is in trouble. */
  spoil(imp_uid: string, chance: Chance): Promise<void>
  /** What the receiver answers to an event. */
  receiver(id: string): number
}

const spoils = [
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
/** What a dead sweep had taken is free again then. */
const leaseMs = 51_000

/** Draws the weather of a batch from its number. */
export function drawWeather(batch: number): Weather {
  const chance = createChance(batch + 7)
  const hasFaults = batch % 4 === 1 || batch % 4 === 3
  const deaths =
    batch % 4 >= 2 ? [0.05 + chance.below(15) / 100, 0.35 + chance.below(15) / 100] : []
  const diesSweeping = batch % 16 === 15
  const isDeaf = batch % 4 >= 2
  const troubles: Trouble[] = []
  const tries = new Map<string, number>()
  let hasEnded = false
  let swept = 0
  let faultsSince = 0
  let wasDown = false
  let home = ''

  const order = async (rule: Readonly<Record<string, unknown>>): Promise<void> => {
    await fetch(`${home}/_simulator/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rule),
    })
  }
  const die = async (world: World): Promise<void> => {
    const from = performance.now()
    if (diesSweeping) {
      // A tick that dies with its deployment has no answer.
      void world.cron().catch(() => undefined)
      await sleep(chance.below(60))
    }
    await world.killAndRestart()
    troubles.push({ kind: 'death', from, to: performance.now() })
  }

  return {
    troubles,
    async begin({ simulatorUrl }) {
      home = simulatorUrl
      faultsSince = performance.now()
    },
    async pass(world, share) {
      const [next] = deaths
      if (next !== undefined && share >= next) {
        deaths.shift()
        await die(world)
        return
      }
      if (hasFaults && share > 0.4 && !wasDown) {
        wasDown = true
        await order({ fault: 'unavailable_json', times: 30 })
        await order({ fault: 'reset_after', path: '/payments/cancel', times: 2 })
      }
      if (performance.now() - swept < cronMs) return
      await world.cron()
      swept = performance.now()
    },
    isOver: () => deaths.length === 0,
    async end({ simulatorUrl }) {
      hasEnded = true
      await fetch(`${simulatorUrl}/_simulator/faults`, { method: 'DELETE' })
      const to = performance.now()
      if (hasFaults) troubles.push({ kind: 'provider', from: faultsSince, to })
      if (isDeaf) troubles.push({ kind: 'receiver', from: faultsSince, to })
      if (diesSweeping) await sleep(leaseMs)
    },
    async spoil(imp_uid, own) {
      const fault = spoils[own.below(spoils.length * 2)]
      if (!hasFaults || fault === undefined) return
      await order({ fault, path: `/payments/${imp_uid}`, times: 1 + own.below(2) })
    },
    receiver(id) {
      if (!isDeaf || hasEnded) return 204
      const tried = (tries.get(id) ?? 0) + 1
      tries.set(id, tried)
      return tried === 1 && chance.below(4) === 3 ? 500 : 204
    },
  }
}

/** How often, and after how many milliseconds, a letter arrives. */
const ways: readonly (readonly number[])[] = [[0], [0], [0, 0], [700], [], [0, 300], [150]]
/** The provider sends again what met a 5xx: five times, a minute apart, which pass faster here. */
const resends = 5
const resendMs = 250

/** Carries a letter of the provider: once, twice, late or never. */
export async function carryLetter(letter: Letter, hands: Hands, chance: Chance): Promise<void> {
  const way = ways[chance.below(ways.length)] ?? [0]
  const isForm = chance.below(4) === 3
  await Promise.all(
    way.map(async (delayMs) => {
      await sleep(delayMs)
      for (let tries = 0; tries <= resends; tries++) {
        const { code } = await hands.webhook(letter, isForm)
        if (code !== null && code < 500) return
        await sleep(resendMs)
      }
    }),
  )
}
