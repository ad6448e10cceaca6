// Sub-merchants: one agency account and token, but payments, settings and deliveries of their own.
import { Hono } from 'hono'
import type { World } from '../context.ts'
import type { Desk, Opened } from '../domain/payment/window.ts'
import { ownRefusals } from '../domain/refusals.ts'
import { createLedger } from '../state.ts'
import { refuse } from '../wire/envelope.ts'
import { noteProducts } from './naver/naver-orders.ts'
import { createDesk } from './payment/payment-window.ts'

/** A sub-merchant of the agency, as the console names it. */
export interface Tier {
  /** Three letters A–Z or digits; what the `Tier` header and `IMP.agency` say. */
  readonly tier_code: string
  readonly tier_name: string
}

/** The worlds of the sub-merchants: time, keys, channels and faults shared, everything that happens their own. */
export function openTiers(world: World, tiers: readonly Tier[]): void {
  for (const { tier_code, tier_name } of tiers) {
    const own: World = {
      ...world,
      ledger: createLedger(),
      webhook: { ...world.webhook },
      tiers: new Map(),
      get latencyMs() {
        return world.latencyMs
      },
      set latencyMs(ms) {
        world.latencyMs = ms
      },
    }
    world.tiers.set(tier_code, { name: tier_name, world: own })
  }
}

/** Routes whose calls see the agency's own data, or a sub-merchant's where the `Tier` header names one. */
export function perTier(world: World, path: string, routes: (world: World) => Hono): Hono {
  const rethrow = (error: Error): never => {
    throw error
  }
  const agency = routes(world).onError(rethrow)
  const apps = new Map(
    [...world.tiers].map(([code, tier]) => [code, routes(tier.world).onError(rethrow)]),
  )
  return new Hono({ strict: false }).all(path, (c) => {
    const code = c.req.header('tier')?.trim() ?? ''
    const app = code === '' ? agency : apps.get(code)
    return app === undefined ? refuse(ownRefusals.tierUnknown) : app.fetch(c.req.raw)
  })
}

/** The payment window's seat in front of the agency and all its sub-merchants. */
export function createFrontDesk(world: World): Desk {
  const agency = createDesk(world)
  const tiers = new Map(
    [...world.tiers].map(([code, tier]) => [
      code,
      { ledger: tier.world.ledger, desk: createDesk(tier.world) },
    ]),
  )
  const deskOf = (impUid: string): Desk =>
    [...tiers.values()].find(({ ledger }) => ledger.payments.has(impUid))?.desk ?? agency

  return {
    channels: (userCode) => agency.channels(userCode),
    open: (request) => {
      const code = request.tier_code ?? ''
      const seat = code === '' ? { ledger: world.ledger, desk: agency } : tiers.get(code)
      if (seat === undefined) return unknownTier(request.params['merchant_uid'])
      const opened = seat.desk.open(request)
      if (opened.ok) noteProducts(seat.ledger, opened.imp_uid, request.params['naverProducts'])
      return opened
    },
    view: (impUid) => deskOf(impUid).view(impUid),
    approve: (impUid, choice) => deskOf(impUid).approve(impUid, choice),
    decline: (impUid, refusal) => deskOf(impUid).decline(impUid, refusal),
    cancel: (impUid) => deskOf(impUid).cancel(impUid),
    returned: (impUid) => deskOf(impUid).returned(impUid),
  }
}

function unknownTier(merchantUid: unknown): Opened {
  return {
    ok: false,
    imp_uid: null,
    merchant_uid: typeof merchantUid === 'string' ? merchantUid : '',
    error_code: 'NOT_READY',
    error_msg: ownRefusals.tierUnknown.message,
  }
}
