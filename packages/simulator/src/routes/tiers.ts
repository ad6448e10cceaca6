import { Hono } from 'hono'
import { ownRefusals } from '../domain/refusals.ts'
import { refuse, succeed } from '../envelope.ts'
import type { World } from '../world.ts'

/** GET /tiers/{tier_code}: a sub-merchant of the agency. */
export function tiers({ tiers: known }: World): Hono {
  const app = new Hono()
  app.get('/tiers/:code', (c) => {
    const code = c.req.param('code')
    const tier = known.get(code)
    return tier === undefined
      ? refuse(ownRefusals.tierUnknown)
      : succeed({ tier_code: code, tier_name: tier.name })
  })
  return app
}
