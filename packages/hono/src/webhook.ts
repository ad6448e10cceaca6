import { classify, escrowEvent, parsePayment, parseWebhook } from '@quayside/core'
import type { Context } from 'hono'
import { completeSubject } from './complete-subject.ts'
import type { CompletionDeps } from './deps.ts'
import { completeEscrow } from './escrow/escrow-webhook.ts'
import type { Lookup } from './lookup/lookup-guard.ts'
import { respondJson } from './middleware/response-headers.ts'
import { languageOf } from './request/language.ts'
import { type RequestFailure, toRefusalStatus, toSetupMessage } from './response.ts'
import { namesPayment, readFields, syncNotice } from './sync-notice.ts'

/**
 * Handles `POST /payments/webhook`. The provider does not sign webhooks, so anybody can send one.
 *
 * The provider resends after a 5xx only: the status is 503 while a resend can help, otherwise 200. The body
 * reveals nothing about the order.
 */
export function webhook(given: CompletionDeps) {
  return async (c: Context): Promise<Response> => {
    const fields = await readFields(c.req.raw, 'provider')
    const notice = fields.ok ? parseWebhook(fields.value) : fields
    if (!notice.ok) return refuse(c, notice.failure, given)
    const { recordEscrowChange } = given
    const isEscrow = notice.value.kind === 'event' && notice.value.event === escrowEvent
    if (isEscrow && fields.ok && recordEscrowChange !== null) {
      const escrow = await completeEscrow(fields.value, c.req.raw, given, recordEscrowChange)
      if (escrow.status === 'invalid') return refuse(c, escrow.failure, given)
      return escrow.status === 'retry' ? toResend(c) : respondJson(c, { status: 'received' })
    }
    if (notice.value.kind !== 'payment' || !namesPayment(notice.value)) {
      given.report({ kind: 'ignored', route: 'webhook', notice: notice.value })
      return respondJson(c, { status: 'received' })
    }
    const lookup = { notice: notice.value, route: 'webhook', request: c.req.raw } as const
    const { completed, deps } = await completeSubject(lookup, given)
    if (completed !== null) {
      return completed.outcome.status === 'unavailable'
        ? toResend(c)
        : respondJson(c, { status: 'received' })
    }
    const synced = await syncNotice(lookup, deps)
    if (synced.ok || !classify(synced.failure).retryable)
      return respondJson(c, { status: 'received' })
    if (synced.failure.reason === 'order_unknown' && (await isRegistration(lookup, deps)))
      return respondJson(c, { status: 'received' })
    return toResend(c)
  }
}

function refuse(c: Context, failure: RequestFailure, { report }: CompletionDeps): Response {
  report({ kind: 'refused_request', route: 'webhook', failure })
  const message = toSetupMessage(failure, languageOf(c))
  const refusal = { error: failure.reason, ...(message === null ? {} : { message }) }
  return respondJson(c, { status: 'invalid', ...refusal }, toRefusalStatus(failure))
}

function toResend(c: Context): Response {
  return respondJson(c, { status: 'retry' }, 503, { 'Retry-After': '60' })
}

/**
 * Whether the webhook of an unknown order is about the registration of a card, for which the shop has none: no resend
 * would change that. It takes a lookup, so only a webhook that can be the provider's may cause it.
 */
async function isRegistration(lookup: Lookup, deps: CompletionDeps): Promise<boolean> {
  if (!deps.isProvider(lookup.request)) return false
  const record = await deps.lookupGuard(lookup, deps.fetchPayment)
  const payment = record.ok ? parsePayment(record.value) : record
  return payment.ok && payment.value.amount.minor === 0
}
