import type { FetchPayment, LookupNotice } from '@quayside/core'
import type { CompletionRoute } from './report.ts'

/** A lookup that a door is about to make. */
export interface Lookup {
  /** What was said; nothing of it is proved. */
  readonly notice: LookupNotice
  readonly route: CompletionRoute
  readonly request: Request
}

/**
 * Stands before every lookup. Anybody can knock at the doors, and each knock that names an open order
 * leads to a call upstream: a gate may pass it on, answer it from memory, or hold it back with
 * `provider_unavailable`, which the doors answer as trouble that passes.
 *
 * @param lookup Who asks, and for what.
 * @param fetchPayment Makes the call upstream.
 * @returns What `fetchPayment` gives, now or a moment ago; or `provider_unavailable`.
 */
export type LookupGuard = (lookup: Lookup, fetchPayment: FetchPayment) => ReturnType<FetchPayment>

/** Passes everything on. */
export const passThrough: LookupGuard = ({ notice }, fetchPayment) => fetchPayment(notice.impUid)
