import { Hono } from 'hono'
import type { World } from '../../context.ts'
import { ownRefusals } from '../../domain/refusals.ts'
import { refuse, succeed } from '../../wire/envelope.ts'

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
