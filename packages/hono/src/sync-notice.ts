import {
  type Fields,
  fail,
  type LookupNotice,
  type Notice,
  type NoticeFailure,
  ok,
  type PaymentNotice,
  parseBody,
  type Result,
  type Synced,
  type SyncFailure,
  syncPayment,
} from '@quayside/core'
import type { CompletionDeps } from './deps.ts'
import type { Lookup } from './lookup-guard.ts'
import { readBody } from './read-body.ts'
import type { RequestFailure } from './response.ts'

/** Reads a request's body as named fields. The query of a request with a body is ignored. */
export async function readFields(
  request: Request,
  options: { readonly mislabelledForm: boolean },
): Promise<Result<Fields, RequestFailure>> {
  const text = await readBody(request)
  return text.ok ? parseBody(request.headers.get('content-type'), text.value, options) : text
}

/** Accepts only a notice about a payment of an order. */
export function requirePayment(
  notice: Result<Notice, NoticeFailure>,
): Result<PaymentNotice, RequestFailure> {
  if (!notice.ok) return notice
  return notice.value.kind === 'payment' ? ok(notice.value) : fail({ reason: 'not_a_payment' })
}

/** Whether a notice names a payment that can be looked up. */
export function namesPayment(notice: PaymentNotice): notice is LookupNotice {
  return notice.impUid !== null
}

/** Runs `syncPayment` with the lookup guard in front of the provider, and reports the outcome. */
export async function syncNotice(
  lookup: Lookup,
  deps: CompletionDeps,
): Promise<Result<Synced, SyncFailure>> {
  const { notice, route } = lookup
  const fetchPayment = () => deps.lookupGuard(lookup, deps.fetchPayment)
  const synced = await syncPayment(notice, { ...deps, fetchPayment })
  deps.report(
    synced.ok
      ? { kind: 'synced', route, notice, synced: synced.value }
      : { kind: 'not_synced', route, notice, failure: synced.failure },
  )
  return synced
}
