import { Hono } from 'hono'
import type { SimulatorContext } from '../../context.ts'
import { ownRefusals } from '../../domain/refusals.ts'
import { refuse, succeed } from '../../wire/envelope.ts'

/** GET /tiers/{tier_code}: a sub-merchant of the agency. */
export function tiers({ tiers: knownTiers }: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/tiers/:code', (c) => {
    const code = c.req.param('code')
    const tier = knownTiers.get(code)
    return tier === undefined
      ? refuse(ownRefusals.tierUnknown)
      : succeed({ tier_code: code, tier_name: tier.name })
  })
  return app
}
