// The part of the control API for billing keys: the provider's settings, and what happens to a card after its registration.
import { Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { readBody } from '../runtime/params.ts'
import {
  changeCard,
  serializeBillingSettings,
  updateBillingSettings,
} from '../services/billing/billing-settings.ts'
import { serializeBillingKey } from '../wire/serialize-billing-key.ts'

/** Reads and changes the settings of keys and recovery, and the card of one key. */
export function billingRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/billing', (c) => c.json(serializeBillingSettings(context.billing)))
  app.put('/billing', async (c) => {
    const failure = updateBillingSettings(context, await readBody(c.req.raw))
    return failure === null
      ? c.json(serializeBillingSettings(context.billing))
      : c.json(failure, 400)
  })
  app.put('/billing-keys/:customerUid', async (c) => {
    const changed = changeCard(context, c.req.param('customerUid'), await readBody(c.req.raw))
    if (changed === null) return c.json({ reason: 'billing_key_unknown' }, 404)
    return changed.ok ? c.json(serializeBillingKey(changed.value)) : c.json(changed.failure, 400)
  })
  return app
}
