import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { SimulatorContext } from '../context.ts'
import { balanceOf } from '../domain/payment/refund.ts'

const everyMs = 500

/** Server-sent events for open pages: `changed` at the start, and after every change of what the pages show. */
export function liveRoutes(context: SimulatorContext): Hono {
  const app = new Hono()
  app.get('/console/events', (c) =>
    streamSSE(c, async (stream) => {
      let shown: string | null = null
      while (!stream.aborted) {
        const revision = revisionOf(context)
        if (revision !== shown) await stream.writeSSE({ event: 'changed', data: '' })
        shown = revision
        await stream.sleep(everyMs)
      }
    }),
  )
  return app
}

/** A text that changes with whatever the pages show. */
function revisionOf({ state, clock, faults, latencyMs, webhook }: SimulatorContext): string {
  const payments = [...state.payments.values()].map(
    (payment) => `${payment.status}${balanceOf(payment)}${payment.updatedAt}`,
  )
  const deliveries = state.deliveries.map(({ id, response }) => `${id}${response === null}`)
  const keys = [...state.billingKeys].map(([id, { issued }]) => `${id}${issued[0].behaviour}`)
  const schedules = [...state.schedules.values()].map(
    ({ status, scheduleAt }) => `${status}${scheduleAt}`,
  )
  const time = clock.aheadMs() ?? clock.now().getTime()
  return JSON.stringify({
    payments,
    deliveries,
    keys,
    schedules,
    faults,
    latencyMs,
    webhook,
    time,
  })
}
