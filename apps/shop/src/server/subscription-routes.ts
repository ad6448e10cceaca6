import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { languageOf } from './detect-language.ts'
import { errorResponse, type Report, readJson } from './error-response.ts'
import { noSubscription, type SubscriptionFailure, type Subscriptions } from './subscriptions.ts'
import { visitorOf } from './visitor.ts'

const finishRequest = z.object({ customer_uid: z.string().min(1).max(80) })

/** The subscription of a visitor, who is known by a cookie: a real shop knows its members. */
export function subscriptionRoutes(subscriptions: Subscriptions, report: Report): Hono {
  const app = new Hono()
  const respond = (c: Context, failure: SubscriptionFailure) => errorResponse(c, failure, report)
  app.use('/api/subscription/*', bodyLimit({ maxSize: 1_024 }), async (c, next) => {
    // Without a cookie a subscription would be everybody's.
    if (visitorOf(c) === '' && c.req.method !== 'GET') {
      return respond(c, { reason: 'subscription_unknown' })
    }
    return next()
  })

  app.get('/api/subscription', async (c) => {
    const visitor = visitorOf(c)
    if (visitor === '') return c.json(noSubscription)
    const read = await subscriptions.read(visitor)
    return read.ok ? c.json(read.value) : respond(c, read.failure)
  })

  app.post('/api/subscription/card', async (c) => {
    const body = await readJson(c)
    const begun = await subscriptions.beginCard(visitorOf(c), body, languageOf(c))
    return begun.ok ? c.json(begun.value, 201) : respond(c, begun.failure)
  })

  app.post('/api/subscription/card/finish', async (c) => {
    const read = finishRequest.safeParse(await readJson(c))
    if (!read.success) return respond(c, { reason: 'order_malformed' })
    const { customer_uid } = read.data
    const finished = await subscriptions.finishCard(visitorOf(c), customer_uid, languageOf(c))
    if (!finished.ok) return respond(c, finished.failure)
    return c.json({ status: finished.value }, finished.value === 'pending' ? 202 : 200)
  })

  app.post('/api/subscription/cancel', async (c) => {
    if ((await readJson(c)) === null) return respond(c, { reason: 'order_malformed' })
    const cancelled = await subscriptions.cancel(visitorOf(c))
    return cancelled.ok ? c.json({}) : respond(c, cancelled.failure)
  })
  return app
}
