import { classify, parseWebhook } from '@quayside/core'
import type { Context } from 'hono'
import type { CompletionDeps } from './deps.ts'
import { languageOf } from './middleware.ts'
import { toRefusalStatus, toSetupMessage } from './response.ts'
import { namesPayment, readFields, syncNotice } from './sync-notice.ts'

/**
 * Handles `POST /payments/webhook`. The provider does not sign webhooks, so anybody can send one.
 *
 * The provider resends after a 5xx only: the status is 503 while a resend can help, otherwise 200. The body
 * reveals nothing about the order.
 */
export function webhook(deps: CompletionDeps) {
  return async (c: Context): Promise<Response> => {
    const fields = await readFields(c.req.raw, { mislabelledForm: false })
    const notice = fields.ok ? parseWebhook(fields.value) : fields
    if (!notice.ok) {
      const { failure } = notice
      deps.report({ kind: 'refused_request', route: 'webhook', failure })
      const message = toSetupMessage(failure, languageOf(c))
      const refusal = { error: failure.reason, ...(message === null ? {} : { message }) }
      return c.json({ status: 'invalid', ...refusal }, toRefusalStatus(failure))
    }
    if (notice.value.kind !== 'payment' || !namesPayment(notice.value)) {
      deps.report({ kind: 'ignored', route: 'webhook', notice: notice.value })
      return c.json({ status: 'received' })
    }
    const synced = await syncNotice(
      { notice: notice.value, route: 'webhook', request: c.req.raw },
      deps,
    )
    if (synced.ok || !classify(synced.failure).retryable) return c.json({ status: 'received' })
    return c.json({ status: 'retry' }, 503, { 'Retry-After': '60' })
  }
}
