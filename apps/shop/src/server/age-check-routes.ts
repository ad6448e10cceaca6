import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { findProduct } from '../catalog/products.ts'
import type { AgeChecks } from './age-checks.ts'
import { errorResponse, type Report, readJson } from './error-response.ts'
import { visitorOf } from './visitor.ts'

const ageCheckRequest = z.object({ product: z.string() })

/** The age check of a visitor: started and read by the checkout page of a product for adults. */
export function ageCheckRoutes(ageChecks: AgeChecks, report: Report): Hono {
  const app = new Hono()

  app.post('/api/age-check', bodyLimit({ maxSize: 1_024 }), async (c) => {
    const read = ageCheckRequest.safeParse(await readJson(c))
    const visitor = visitorOf(c)
    // The check of a browser that accepts no cookie would be nobody's.
    if (!read.success || visitor === '') {
      return errorResponse(c, { reason: 'order_malformed' }, report)
    }
    const minimumAge = findProduct(read.data.product)?.minimumAge
    if (minimumAge === undefined) return errorResponse(c, { reason: 'product_unknown' }, report)
    const started = await ageChecks.start(visitor, minimumAge)
    return started.ok ? c.json(started.value, 201) : errorResponse(c, started.failure, report)
  })

  app.get('/api/age-check/:product', async (c) => {
    const minimumAge = findProduct(c.req.param('product'))?.minimumAge
    if (minimumAge === undefined) return errorResponse(c, { reason: 'product_unknown' }, report)
    const status = await ageChecks.read(visitorOf(c), minimumAge)
    return status.ok ? c.json({ status: status.value }) : errorResponse(c, status.failure, report)
  })
  return app
}
