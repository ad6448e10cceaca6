import { parseAttemptId, parseSubscriptionId } from '@quayside/core'
import { Hono } from 'hono'
import type { JobDeps } from '../../deps.ts'
import { toNamedPayee } from '../../domain/payee.ts'
import { presentAttempt } from '../../events/subscription-payload.ts'
import { toKnownPayee } from '../../payees.ts'
import { readSubscription } from '../../subscriptions/change-subscription.ts'
import { createSubscription } from '../../subscriptions/create-subscription.ts'
import { requireApiKey } from '../api-key.ts'
import { problemResponse } from '../problem-response.ts'
import {
  attemptQuery,
  subscriptionQuery,
  subscriptionRequest,
  upcomingQuery,
} from '../schemas/requests/subscriptions.ts'
import { readDetails, readId, readPlan, readSchedules } from '../subscriptions/request.ts'
import {
  subscriptionResponse,
  toResponse,
  toSummary,
  toUpcoming,
} from '../subscriptions/response.ts'
import { limitBody, readQuery, readRequest } from '../validate.ts'
import { subscriptionCommandRoutes } from './subscription-commands.ts'

/** The routes of subscriptions. */
export function subscriptionRoutes(deps: JobDeps): Hono {
  const app = new Hono()
  app.use('/subscriptions/*', requireApiKey(deps.config.merchantApiKeys))
  app.use('/subscriptions/*', limitBody)
  readingRoutes(app, deps)
  app.route('/', subscriptionCommandRoutes(deps))

  app.post('/subscriptions', async (c) => {
    const body = await readRequest(c, subscriptionRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const { customer_id: customerId, name, starts_at } = body.value
    const id = parseSubscriptionId(body.value.id)
    if (id === null) return problemResponse(c, { reason: 'request_invalid', field: 'id' })
    const plan = readPlan(body.value.plan)
    if (!plan.ok) return problemResponse(c, plan.failure)
    const schedules = readSchedules(body.value.schedules ?? [])
    if (!schedules.ok) return problemResponse(c, schedules.failure)
    const startsAt = starts_at === undefined ? null : new Date(starts_at)
    const details = readDetails(body.value, plan.value)
    if (!details.ok) return problemResponse(c, details.failure)
    const payee = toNamedPayee(body.value)
    const created = await createSubscription(
      {
        id,
        customerId,
        name,
        plan: plan.value,
        startsAt,
        schedules: schedules.value,
        details: details.value,
        ...(payee === undefined ? {} : { payee }),
      },
      deps,
    )
    if (!created.ok) return problemResponse(c, created.failure)
    return c.json(toResponse(created.value, deps), created.value.isNew ? 201 : 200)
  })
  return app
}

function readingRoutes(app: Hono, deps: JobDeps): void {
  const { store } = deps

  app.get('/subscriptions', async (c) => {
    const query = readQuery(c, subscriptionQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const { customer_id: customerId, status, after, limit } = query.value
    const payee = toKnownPayee(query.value, deps)
    if (!payee.ok) return problemResponse(c, payee.failure)
    const filter = { customerId, status, payee: payee.value }
    const listed = await store.subscriptions.list(filter, after, limit)
    if (!listed.ok) return problemResponse(c, listed.failure)
    const last = listed.value.length === limit ? listed.value.at(-1) : undefined
    return c.json({
      subscriptions: listed.value.map((stored) => toSummary(stored, deps)),
      next: last?.subscription.id ?? null,
    })
  })

  app.get('/subscriptions/:id', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    return subscriptionResponse(c, await readSubscription(id.value, deps), deps)
  })

  app.get('/subscriptions/:id/attempts', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const query = readQuery(c, attemptQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const { after, limit } = query.value
    const place = parseAttemptId(after)
    if (after !== '' && place?.subscriptionId !== id.value) {
      return problemResponse(c, { reason: 'request_invalid', field: 'after' })
    }
    const before = place && { period: place.period, number: place.attempt }
    const found = await readSubscription(id.value, deps)
    if (!found.ok) return problemResponse(c, found.failure)
    const page = await store.subscriptions.attempts(id.value, before, limit)
    if (!page.ok) return problemResponse(c, page.failure)
    const last = page.value.length === limit ? page.value.at(-1) : undefined
    return c.json({ attempts: page.value.map(presentAttempt), next: last?.merchantUid ?? null })
  })

  app.get('/subscriptions/:id/upcoming', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const query = readQuery(c, upcomingQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const found = await readSubscription(id.value, deps)
    if (!found.ok) return problemResponse(c, found.failure)
    return c.json(toUpcoming(found.value, query.value.limit))
  })
}
