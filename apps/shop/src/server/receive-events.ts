import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'
import { z } from 'zod'
import type { Shipments } from './shipments.ts'

/** The fields this shop uses. A newer payment server may send more. */
const orderEvent = z.object({
  data: z.object({
    merchant_uid: z.string().min(1),
    sequence: z.int().min(1),
    status: z.string(),
  }),
})

const event = z.object({ type: z.string() })

/**
 * `POST /events` receives the events of the payment server. The URL is public, so the body is parsed only
 * after its signature was verified. An event may arrive twice, or after a newer one.
 */
export function events(eventSecret: string, shipments: Shipments): Hono {
  const webhook = new Webhook(eventSecret)
  const app = new Hono()
  app.post('/events', bodyLimit({ maxSize: 65_536 }), async (c) => {
    let signed: unknown
    try {
      signed = webhook.verify(await c.req.text(), c.req.header())
    } catch (cause) {
      if (cause instanceof WebhookVerificationError) return c.json({ error: 'not_signed' }, 401)
      if (cause instanceof SyntaxError) return c.json({ error: 'event_malformed' }, 400)
      throw cause
    }
    const named = event.safeParse(signed)
    if (!named.success) return c.json({ error: 'event_malformed' }, 400)
    // Other events, such as a reconciliation issue, ship nothing; an error response would cause a resend.
    if (!named.data.type.startsWith('order.')) return c.body(null, 204)
    const read = orderEvent.safeParse(signed)
    if (!read.success) return c.json({ error: 'event_malformed' }, 400)
    const { merchant_uid: merchantUid, sequence, status } = read.data.data
    shipments.apply({ merchantUid, sequence, status })
    return c.body(null, 204)
  })

  app.get('/api/shipments/:merchant_uid', (c) => {
    const shipment = shipments.find(c.req.param('merchant_uid'))
    return c.json({ is_shipped: shipment?.isShipped ?? false })
  })
  return app
}
