import { judge, parseWebhook } from '@quayside/core'
import type { Context } from 'hono'
import type { Rooms } from './deps.ts'
import { toRefusalStatus } from './response.ts'
import { namesPayment, readFields, sync } from './sync-notice.ts'

/**
 * `POST /payments/webhook`: the provider, or anybody, says something happened.
 *
 * The status asks for or against a resend, which comes only after a 5xx: 503 while asking again can help,
 * 200 when it cannot. The body tells a stranger nothing.
 */
export function webhook(rooms: Rooms) {
  return async (c: Context): Promise<Response> => {
    const fields = await readFields(c.req.raw, { mislabelledForm: false })
    const notice = fields.ok ? parseWebhook(fields.value) : fields
    if (!notice.ok) {
      const { failure } = notice
      rooms.report({ kind: 'refused_request', door: 'webhook', failure })
      return c.json({ status: 'invalid', error: failure.reason }, toRefusalStatus(failure))
    }
    if (notice.value.kind !== 'payment' || !namesPayment(notice.value)) {
      rooms.report({ kind: 'ignored', door: 'webhook', notice: notice.value })
      return c.json({ status: 'received' })
    }
    const synced = await sync({ notice: notice.value, door: 'webhook', request: c.req.raw }, rooms)
    if (synced.ok || !judge(synced.failure).retryable) return c.json({ status: 'received' })
    return c.json({ status: 'retry' }, 503, { 'Retry-After': '60' })
  }
}
