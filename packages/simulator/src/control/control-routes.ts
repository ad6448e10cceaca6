// The remote control of the simulated world. JSON in, JSON out; nothing here exists at the real provider.
import { Hono } from 'hono'
import type { World } from '../context.ts'
import { type FaultRule, faultNames, isFaultName } from '../faults/faults.ts'
import { presentStored } from '../rest/list-schedules.ts'
import { isRecord, type Params, readBody, textOf, wholeOf } from '../runtime/params.ts'
import { changeWebhook, presentWebhook } from '../services/update-settings.ts'
import { wipe } from '../state.ts'
import { deliverTest } from '../webhooks/deliver.ts'
import { presentKey } from '../wire/serialize-billing-key.ts'
import { presentCertification } from '../wire/serialize-certification.ts'
import { presentPayment } from '../wire/serialize-payment.ts'
import { outside } from './buyer-events.ts'
import { stagePayments } from './payment-events.ts'
import { props } from './seed-records.ts'

/** Everything under /_simulator. */
export function control(world: World): Hono {
  const app = new Hono()
  app.route('/', stagePayments(world))
  app.route('/', outside(world))
  app.route('/', props(world))
  app.route('/', clockControl(world))
  app.route('/', webhookControl(world))
  app.route('/', faultControl(world))

  const { ledger } = world
  app.get('/state', (c) => c.json(presentState(world)))
  app.get('/calls', (c) => c.json(Object.fromEntries(ledger.calls)))
  app.post('/calls/reset', (c) => {
    ledger.calls.clear()
    return c.json({})
  })
  app.post('/settle', async (c) => {
    await world.clock.settle()
    return c.json({})
  })
  app.post('/reset', (c) => {
    world.clock.clear()
    for (const known of [world, ...[...world.tiers.values()].map((tier) => tier.world)]) {
      wipe(known.ledger)
    }
    world.faults.length = 0
    world.latencyMs = 0
    return c.json({})
  })
  app.all('*', (c) => c.json({ reason: 'unknown_control' }, 404))
  return app
}

function presentState(world: World) {
  const { ledger } = world
  return {
    now: world.clock.now().toISOString(),
    payments: [...ledger.payments.values()].map(presentPayment),
    prepared: [...ledger.prepared.values()].map(({ merchantUid, amount, currency }) => ({
      merchant_uid: merchantUid,
      amount,
      currency,
    })),
    billing_keys: [...ledger.billingKeys.values()].map(presentKey),
    schedules: [...ledger.schedules.values()].map((schedule) => presentStored(world, schedule)),
    certifications: [...ledger.certifications.values()].map(presentCertification),
    links: [...ledger.links.values()].map(({ id, merchantUid, expiredAt, isDisabled }) => ({
      id,
      merchant_uid: merchantUid,
      expired_at: expiredAt,
      disabled: isDisabled,
    })),
    deliveries: ledger.deliveries,
    calls: Object.fromEntries(ledger.calls),
    faults: world.faults,
    webhooks: presentWebhook(world.webhook),
  }
}

function clockControl({ clock }: World): Hono {
  const app = new Hono()
  app.get('/clock', (c) => c.json({ now: clock.now().toISOString() }))
  app.post('/clock', async (c) => {
    const params = await readBody(c.req.raw)
    const advanceMs = wholeOf(params, 'advance_ms')
    const set = new Date(textOf(params, 'set') ?? Number.NaN)
    if (advanceMs !== null && advanceMs >= 0) await clock.advance(advanceMs)
    else if (!Number.isNaN(set.getTime())) await clock.set(set)
    else return c.json({ reason: 'invalid', field: 'advance_ms' }, 400)
    return c.json({ now: clock.now().toISOString() })
  })
  return app
}

function webhookControl(world: World): Hono {
  const { webhook, ledger } = world
  const app = new Hono()
  app.get('/webhooks', (c) =>
    c.json({ settings: presentWebhook(webhook), deliveries: ledger.deliveries }),
  )
  app.put('/webhooks', async (c) => {
    const isDone = changeWebhook(webhook, await readBody(c.req.raw))
    return isDone ? c.json(presentWebhook(webhook)) : c.json({ reason: 'invalid' }, 400)
  })
  app.post('/webhooks/test', (c) =>
    deliverTest(world) ? c.json({}) : c.json({ reason: 'webhook_target_missing' }, 409),
  )
  return app
}

function faultControl(world: World): Hono {
  const { faults } = world
  const app = new Hono()
  app.get('/faults', (c) =>
    c.json({ menu: faultNames, ordered: faults, latency_ms: world.latencyMs }),
  )
  app.post('/faults', async (c) => {
    const params = await readBody(c.req.raw)
    const latencyMs = wholeOf(params, 'latency_ms')
    const rule = readRule(params)
    if (latencyMs === null && rule === null)
      return c.json({ reason: 'invalid', field: 'fault' }, 400)
    if (latencyMs !== null) world.latencyMs = Math.max(latencyMs, 0)
    if (rule !== null) faults.push(rule)
    return c.json({ ordered: faults, latency_ms: world.latencyMs })
  })
  app.delete('/faults', (c) => {
    faults.length = 0
    world.latencyMs = 0
    return c.json({})
  })
  return app
}

function readRule(params: Params): FaultRule | null {
  if (!isRecord(params) || !isFaultName(params['fault'])) return null
  return {
    fault: params['fault'],
    path: textOf(params, 'path') ?? '*',
    method: textOf(params, 'method'),
    left: params['times'] === 'always' ? null : Math.max(wholeOf(params, 'times') ?? 1, 1),
    delayMs: wholeOf(params, 'delay_ms') ?? 0,
    field: textOf(params, 'field') ?? 'status',
  }
}
