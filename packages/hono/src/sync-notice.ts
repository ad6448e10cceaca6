import {
  type Fields,
  type ImpUid,
  type LookupNotice,
  type PaymentNotice,
  parseBody,
  type Result,
  type Synced,
  type SyncFailure,
  syncPayment,
} from '@quayside/core'
import type { CompletionDeps } from './deps.ts'
import type { Lookup } from './lookup/lookup-guard.ts'
import { maxBrowserBytes, maxProviderBytes, readBody } from './request/read-body.ts'
import type { RequestFailure } from './response.ts'

/** Reads a request's body as named fields. The query of a request with a body is ignored. */
export async function readFields(
  request: Request,
  sender: 'browser' | 'provider',
): Promise<Result<Fields, RequestFailure>> {
  const isBrowser = sender === 'browser'
  const text = await readBody(request, isBrowser ? maxBrowserBytes : maxProviderBytes)
  if (!text.ok) return text
  const contentType = request.headers.get('content-type')
  // The guide's jQuery example sends a form that is labelled JSON.
  return parseBody(contentType, text.value, { mislabelledForm: isBrowser, repeatedKeys: true })
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
  // The id names the payee of the order, which no message does.
  const fetchPayment = (impUid: ImpUid) =>
    deps.lookupGuard({ ...lookup, notice: { ...notice, impUid } }, deps.fetchPayment)
  const synced = await syncPayment(notice, { ...deps, fetchPayment })
  deps.report(
    synced.ok
      ? { kind: 'synced', route, notice, synced: synced.value }
      : { kind: 'not_synced', route, notice, failure: synced.failure },
  )
  return synced
}
