import type { FetchPayment, LookupNotice } from '@quayside/core'
import type { CompletionRoute } from '../report.ts'

/** A lookup that a handler is about to make. */
export interface Lookup {
  /** The notice that causes the lookup; nothing in it is verified. */
  readonly notice: LookupNotice
  /** The route that the notice came by. */
  readonly route: CompletionRoute
  /** The kind of the record that is looked up, when it is not that of a payment. Its ids are apart from those of payments. */
  readonly record?: string
  /** The request that carried the notice, e.g. for its IP address. Its body has been read. */
  readonly request: Request
}

/**
 * Called instead of every lookup. The completion routes are public, and each request that names an open order
 * leads to a call to the provider: a guard can make the call, return a cached result, or refuse it with
 * `provider_unavailable`, to which the routes respond as to an outage of the provider.
 *
 * @param lookup The notice, its route and its request.
 * @param fetchPayment Calls the provider.
 * @returns The result of `fetchPayment`, or one of a moment ago, or `provider_unavailable`.
 */
export type LookupGuard = (lookup: Lookup, fetchPayment: FetchPayment) => ReturnType<FetchPayment>

/** Makes every lookup. */
export const passThrough: LookupGuard = ({ notice }, fetchPayment) => fetchPayment(notice.impUid)
