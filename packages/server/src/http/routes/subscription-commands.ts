import {
  cancelSubscription,
  changePlan,
  chargeNow,
  pauseSubscription,
  refundPeriod,
  resumeSubscription,
} from '@quayside/core'
import { Hono } from 'hono'
import type { JobDeps } from '../../deps.ts'
import type { StoredSubscription } from '../../domain/stored-subscription.ts'
import {
  changeBuyer,
  changeSubscription,
  refundPeriodOf,
} from '../../subscriptions/change-subscription.ts'
import { problemResponse } from '../problem-response.ts'
import {
  cancelSubscriptionRequest,
  changePlanRequest,
  emptyRequest,
  refundPeriodRequest,
  subscriptionChange,
} from '../schemas/requests/subscriptions.ts'
import { readId, readPlan, toBuyer } from '../subscriptions/request.ts'
import { subscriptionResponse } from '../subscriptions/response.ts'
import { readRequest } from '../validate.ts'

/** The routes that change a subscription. */
export function subscriptionCommandRoutes(deps: JobDeps): Hono {
  const app = new Hono()

  app.patch('/subscriptions/:id', async (c) => {
    const id = readId(c)
    if (!id.ok) return problemResponse(c, id.failure)
    const body = await readRequest(c, subscriptionChange)
    if (!body.ok) return problemResponse(c, body.failure)
    const changed = await changeBuyer(id.value, toBuyer(body.value.buyer), deps)
    return subscriptionResponse(c, changed, deps)
  })

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
  return app
}

function isPaused({ subscription }: StoredSubscription): boolean {
  return subscription.status === 'paused'
}

function isCancelled({ subscription }: StoredSubscription): boolean {
  return subscription.status === 'cancelled'
}
