import {
  cancelSubscription,
  changePlan,
  chargeNow,
  fail,
  type MerchantUid,
  ok,
  type Plan,
  parseAttemptId,
  parseMerchantUid,
  parseMoney,
  parsePlan,
  parseSubscriptionId,
  pauseSubscription,
  type Result,
  refundPeriod,
  resumeSubscription,
  type SubscriptionId,
  toAmount,
  upcoming,
} from '@quayside/core'
import { type Context, Hono } from 'hono'
import type * as z from 'zod/mini'
import type { JobDeps } from '../../deps.ts'
import type { ChargeDetails } from '../../domain/charge-details.ts'
import type { StoredSubscription } from '../../domain/stored-subscription.ts'
import type { SubscriptionRequestFailure } from '../../domain/subscription-failure.ts'
import { presentAttempt, presentSubscription } from '../../events/subscription-payload.ts'
import {
  changeSubscription,
  readSubscription,
  refundPeriodOf,
} from '../../subscriptions/change-subscription.ts'
import { createSubscription } from '../../subscriptions/create-subscription.ts'
import { requireApiKey } from '../api-key.ts'
import { problemResponse } from '../problem-response.ts'
import {
  attemptQuery,
  cancelSubscriptionRequest,
  changePlanRequest,
  emptyRequest,
  refundPeriodRequest,
  type SubscriptionResponse,
  type SubscriptionSummary,
  subscriptionQuery,
  subscriptionRequest,
  type UpcomingResponse,
  upcomingQuery,
} from '../schemas/subscriptions.ts'
import { limitBody, readQuery, readRequest } from '../validate.ts'

/** The routes of subscriptions. */
export function subscriptionRoutes(deps: JobDeps): Hono {
  const app = new Hono()
  app.use('/subscriptions/*', requireApiKey(deps.config.merchantApiKeys))
  app.use('/subscriptions/*', limitBody)
  readingRoutes(app, deps)
  commandRoutes(app, deps)

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
    const created = await createSubscription(
      {
        id,
        customerId,
        name,
        plan: plan.value,
        startsAt,
        schedules: schedules.value,
        details: details.value,
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
    const listed = await store.subscriptions.list({ customerId, status }, after, limit)
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

function commandRoutes(app: Hono, deps: JobDeps): void {
  app.post('/subscriptions/:id/pause', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const body = await readRequest(c, emptyRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const paused = await changeSubscription(id.value, pauseSubscription, deps, isPaused)
    return subscriptionResponse(c, paused, deps)
  })

  app.post('/subscriptions/:id/resume', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const body = await readRequest(c, emptyRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const resumed = await changeSubscription(id.value, resumeSubscription, deps)
    return subscriptionResponse(c, resumed, deps)
  })

  app.post('/subscriptions/:id/cancel', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const body = await readRequest(c, cancelSubscriptionRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const { at } = body.value
    const cancelled = await changeSubscription(
      id.value,
      (state, now) => cancelSubscription(state, at, now),
      deps,
      isCancelled,
    )
    return subscriptionResponse(c, cancelled, deps)
  })

  app.post('/subscriptions/:id/change-plan', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const body = await readRequest(c, changePlanRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const { at } = body.value
    const plan = readPlan(body.value.plan)
    if (!plan.ok) return problemResponse(c, plan.failure)
    const changed = await changeSubscription(
      id.value,
      (state, now) => changePlan(state, plan.value, at, now),
      deps,
    )
    return subscriptionResponse(c, changed, deps)
  })

  app.post('/subscriptions/:id/charge-now', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const body = await readRequest(c, emptyRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    return subscriptionResponse(c, await changeSubscription(id.value, chargeNow, deps), deps)
  })

  app.post('/subscriptions/:id/refund-period', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const body = await readRequest(c, refundPeriodRequest)
    if (!body.ok) return problemResponse(c, body.failure)
    const { period } = body.value
    const refunded = await refundPeriodOf(
      id.value,
      period,
      (state, now) => refundPeriod(state, period, now),
      deps,
    )
    return subscriptionResponse(c, refunded, deps)
  })
}

/** Reads the id in a path. An id outside the grammar was never created, so its subscription is unknown. */
function readId(c: Context): Result<SubscriptionId, SubscriptionRequestFailure> {
  const id = parseSubscriptionId(c.req.param('id'))
  return id === null ? fail({ reason: 'subscription_unknown' }) : ok(id)
}

/** Checks what no schema can: whether the values of a plan fit together. */
function readPlan(value: unknown): Result<Plan, SubscriptionRequestFailure> {
  const plan = parsePlan(value)
  if (plan.ok) return plan
  const { failure } = plan
  switch (failure.reason) {
    case 'plan_malformed':
      return fail({
        reason: 'request_invalid',
        field: ['plan', failure.field].filter(Boolean).join('.'),
      })
    case 'currency_unknown':
      return fail({ reason: 'request_invalid', field: 'plan.currency' })
    case 'plan_amount_zero':
    case 'amount_malformed':
      return fail({ reason: 'request_invalid', field: 'plan.amount' })
  }
}

/** The tax-free part is at most the price. */
function readDetails(
  { buyer = {}, tax_free }: z.output<typeof subscriptionRequest>,
  { amount }: Plan,
): Result<ChargeDetails, SubscriptionRequestFailure> {
  const { name, email, tel } = buyer
  const told = {
    ...(name === undefined ? {} : { buyer_name: name }),
    ...(email === undefined ? {} : { buyer_email: email }),
    ...(tel === undefined ? {} : { buyer_tel: tel }),
  }
  if (tax_free === undefined) return ok({ taxFree: null, buyer: told })
  const taxFree = parseMoney(tax_free, amount.currency)
  return taxFree.ok && taxFree.value.minor <= amount.minor
    ? ok({ taxFree: taxFree.value, buyer: told })
    : fail({ reason: 'request_invalid', field: 'tax_free' })
}

function readSchedules(
  texts: readonly string[],
): Result<readonly MerchantUid[], SubscriptionRequestFailure> {
  const ids: MerchantUid[] = []
  for (const text of texts) {
    const id = parseMerchantUid(text)
    if (!id.ok) return fail({ reason: 'request_invalid', field: 'schedules' })
    ids.push(id.value)
  }
  return ok(ids)
}

function isPaused({ subscription }: StoredSubscription): boolean {
  return subscription.status === 'paused'
}

function isCancelled({ subscription }: StoredSubscription): boolean {
  return subscription.status === 'cancelled'
}

function subscriptionResponse(
  c: Context,
  found: Result<StoredSubscription, SubscriptionRequestFailure>,
  deps: JobDeps,
): Response {
  return found.ok ? c.json(toResponse(found.value, deps)) : problemResponse(c, found.failure)
}

function toResponse(stored: StoredSubscription, deps: JobDeps): SubscriptionResponse {
  return { ...toSummary(stored, deps), attempts: stored.attempts.map(presentAttempt) }
}

function toSummary(stored: StoredSubscription, { config }: JobDeps): SubscriptionSummary {
  return {
    ...presentSubscription(stored.subscription, stored),
    created_at: stored.createdAt.toISOString(),
    updated_at: stored.updatedAt.toISOString(),
    mode: config.mode,
  }
}

function toUpcoming({ subscription }: StoredSubscription, limit: number): UpcomingResponse {
  const { currency } = subscription.plan.amount
  return {
    upcoming: upcoming(subscription, limit).map(({ period, from, to, dueAt, amount }) => ({
      period,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      due_at: new Date(dueAt).toISOString(),
      amount: toAmount({ minor: amount, currency }),
      currency,
    })),
  }
}
