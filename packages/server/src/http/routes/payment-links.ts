import { Hono } from 'hono'
import type { Deps } from '../../deps.ts'
import { closeLink } from '../../payment-links/close-link.ts'
import { createLink } from '../../payment-links/create-link.ts'
import { requireApiKey } from '../api-key.ts'
import { problemResponse } from '../problem-response.ts'
import { linkRequest } from '../schemas/requests/payment-links.ts'
import { presentPaymentLink } from '../serialize.ts'
import { limitBody, readMerchantUid, readRequest } from '../validate.ts'

/** The routes that create, list and close payment links. */
export function paymentLinkRoutes(deps: Deps): Hono {
  const { store, config } = deps
  const app = new Hono()
  for (const path of ['/orders/:merchant_uid/payment-links', '/payment-links/*']) {
    app.use(path, requireApiKey(config.merchantApiKeys), limitBody)
  }

  app.post('/orders/:merchant_uid/payment-links', async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const request = await readRequest(c, linkRequest)
    if (!request.ok) return problemResponse(c, request.failure)
    const created = await createLink(merchantUid.value, request.value, deps)
    if (!created.ok) return problemResponse(c, created.failure)
    return c.json(presentPaymentLink(created.value), 201)
  })

  app.get('/orders/:merchant_uid/payment-links', async (c) => {
    const merchantUid = readMerchantUid(c.req.param('merchant_uid'))
    if (!merchantUid.ok) return problemResponse(c, merchantUid.failure)
    const found = await store.orders.find(merchantUid.value)
    if (!found.ok) return problemResponse(c, found.failure)
    const links = await store.paymentLinks.ofOrder(merchantUid.value)
    if (!links.ok) return problemResponse(c, links.failure)
    return c.json({ payment_links: links.value.map(presentPaymentLink) })
  })

  app.post('/payment-links/:id/close', async (c) => {
    const closed = await closeLink(c.req.param('id'), deps)
    return closed.ok ? c.json(presentPaymentLink(closed.value)) : problemResponse(c, closed.failure)
  })
  return app
}
