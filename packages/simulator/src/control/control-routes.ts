// The control API. JSON in, JSON out; the real provider has nothing like it.
import { Hono } from 'hono'
import type { SimulatorContext } from '../context.ts'
import { faultNames } from '../domain/fault.ts'
import { integerOf, readBody, textOf } from '../runtime/params.ts'
import { addFault, clearFaults, serializeFaults } from '../services/fault-rules.ts'
import { advanceToNextDue, nextDueAt } from '../services/next-due.ts'
import { serializeWebhookSettings, updateWebhookSettings } from '../services/update-settings.ts'
import { clearState } from '../state.ts'
import { deliverTestWebhook, resendDelivery } from '../webhooks/deliver.ts'
import { serializeBillingKey } from '../wire/serialize-billing-key.ts'
import { serializeCertification } from '../wire/serialize-certification.ts'
import { serializeParcel } from '../wire/serialize-parcel.ts'
import { serializePayment } from '../wire/serialize-payment.ts'
import { serializeReceipt } from '../wire/serialize-receipt.ts'
import { serializeStoredSchedule } from '../wire/serialize-schedule.ts'
import { accountRoutes } from './account-routes.ts'
import { billingRoutes } from './billing-routes.ts'
import { buyerEventRoutes } from './buyer-events.ts'
import { indexRoutes } from './index-routes.ts'
import { paymentEventRoutes } from './payment-events.ts'
import { scenarioRoutes } from './scenario-routes.ts'
import { seedRoutes } from './seed-routes.ts'

/** Everything under /_simulator. */
export function controlRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.route('/', indexRoutes())
  app.route('/', scenarioRoutes(context))
  app.route('/', paymentEventRoutes(context))
  app.route('/', buyerEventRoutes(context))
  app.route('/', seedRoutes(context))
  app.route('/', accountRoutes(context))
  app.route('/', billingRoutes(context))
  app.route('/', clockRoutes(context))
  app.route('/', webhookRoutes(context))
  app.route('/', faultRoutes(context))

  const { state } = context
  app.get('/state', (c) => c.json(serializeState(context)))
  app.get('/request-log', (c) => c.json(Object.fromEntries(state.requestLog)))
  app.post('/request-log/reset', (c) => {
    state.requestLog.clear()
    return c.json({})
  })
  app.post('/wait-for-idle', async (c) => {
    await context.clock.waitForIdle()
    return c.json({})
  })
  app.post('/reset', (c) => {
    context.clock.clear()
    for (const each of [context, ...[...context.tiers.values()].map((tier) => tier.context)]) {
      clearState(each.state)
    }
    clearFaults(context)
    return c.json({})
  })
  app.all('*', (c) => c.json({ reason: 'unknown_operation' }, 404))
  return app
}

function serializeState(context: SimulatorContext) {
  const { state, origin } = context
  return {
    now: context.clock.now().toISOString(),
    payments: [...state.payments.values()].map((payment) => serializePayment(payment, origin)),
    prepared: [...state.prepared.values()].map(({ merchantUid, amount, currency }) => ({
      merchant_uid: merchantUid,
      amount,
      currency,
    })),
    billing_keys: [...state.billingKeys.values()].map(serializeBillingKey),
    schedules: [...state.schedules.values()].map((schedule) =>
      serializeStoredSchedule(context, schedule),
    ),
    certifications: [...state.certifications.values()].map((each) =>
      serializeCertification(each, context.contracts),
    ),
    barcodes: [...state.barcodes].map(([imp_uid, { number, expiresAt }]) => ({
      imp_uid,
      barcode: number,
      expired_at: expiresAt,
    })),
    receipts: [...state.receipts].map(([imp_uid, receipt]) => ({
      imp_uid,
      ...serializeReceipt(receipt, origin),
    })),
    external_receipts: [...state.externalReceipts].map(([merchant_uid, receipt]) => ({
      merchant_uid,
      ...serializeReceipt(receipt, origin),
    })),
    escrows: [...state.escrows].map(([imp_uid, { parcel, status }]) => ({
      imp_uid,
      ...serializeParcel(parcel),
      escrow_status: status,
    })),
    links: [...state.links.values()].map(({ id, merchantUid, expiredAt, isDisabled }) => ({
      id,
      merchant_uid: merchantUid,
      expired_at: expiredAt,
      disabled: isDisabled,
    })),
    deliveries: state.deliveries,
    request_log: Object.fromEntries(state.requestLog),
    faults: serializeFaults(context).active,
    webhooks: serializeWebhookSettings(context.webhook),
  }
}

function clockRoutes(context: SimulatorContext): Hono {
  const { clock } = context
  const app = new Hono()
  app.get('/clock', (c) => c.json(serializeClock(context)))
  app.post('/clock', async (c) => {
    const params = await readBody(c.req.raw)
    const advanceMs = integerOf(params, 'advance_ms')
    const set = new Date(textOf(params, 'set') ?? Number.NaN)
    if (params['advance_to'] === 'next_due') {
      if (!(await advanceToNextDue(context))) return c.json({ reason: 'nothing_due' }, 409)
    } else if (advanceMs !== null && advanceMs >= 0) await clock.advance(advanceMs)
    else if (!Number.isNaN(set.getTime())) await clock.set(set)
    else return c.json({ reason: 'invalid', field: 'advance_ms' }, 400)
    return c.json(serializeClock(context))
  })
  return app
}

function serializeClock(context: SimulatorContext) {
  return {
    now: context.clock.now().toISOString(),
    ahead_ms: context.clock.aheadMs(),
    next_due: nextDueAt(context)?.toISOString() ?? null,
  }
}

function webhookRoutes(context: SimulatorContext): Hono {
  const { webhook, state } = context
  const app = new Hono()
  app.get('/webhooks', (c) =>
    c.json({ settings: serializeWebhookSettings(webhook), deliveries: state.deliveries }),
  )
  app.put('/webhooks', async (c) => {
    const isDone = updateWebhookSettings(webhook, await readBody(c.req.raw))
    return isDone ? c.json(serializeWebhookSettings(webhook)) : c.json({ reason: 'invalid' }, 400)
  })
  app.post('/webhooks/test', (c) =>
    deliverTestWebhook(context) ? c.json({}) : c.json({ reason: 'webhook_target_missing' }, 409),
  )
  app.post('/deliveries/:id/resend', (c) => {
    const refusal = resendDelivery(context, Number(c.req.param('id')))
    return refusal === null
      ? c.json({})
      : c.json({ reason: refusal }, refusal === 'delivery_unknown' ? 404 : 409)
  })
  return app
}

function faultRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/faults', (c) => c.json({ available: faultNames, ...serializeFaults(context) }))
  app.post('/faults', async (c) => {
    const isAdded = addFault(context, await readBody(c.req.raw))
    return isAdded
      ? c.json(serializeFaults(context))
      : c.json({ reason: 'invalid', field: 'fault' }, 400)
  })
  app.delete('/faults', (c) => {
    clearFaults(context)
    return c.json({})
  })
  return app
}
