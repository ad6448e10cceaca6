import { type Client, payments } from '@quayside/client'
import { fail, type LookupFailure, type MerchantUid, ok, type Result } from '@quayside/core'
import type { CompletionRoute } from '../report.ts'
import { toProviderFailure } from './provider-failure.ts'

/** A request after which a buyer would read that the payment of an order failed. */
export interface OrderLookup {
  /** The order whose payments are looked up. */
  readonly merchantUid: MerchantUid
  /** The route that caused it. */
  readonly route: CompletionRoute
  /** The request itself, e.g. for its IP address. Its body has been read. */
  readonly request: Request
}

/**
 * Looks for money among all payments of an order, before its buyer reads that the payment failed: another payment may
 * have succeeded, and no message of it may have arrived. Anybody can cause such a lookup for an order that exists.
 *
 * @param lookup The order, and the request that causes the lookup.
 * @returns The records of the paid payments of the order, whether they match it or not: anybody can pay under its id.
 * Empty when it has none. Fails with `provider_unavailable` or `provider_refused_us`: the buyer then reads that the
 * result is not known.
 */
export type FindPaid = (lookup: OrderLookup) => Promise<Result<readonly unknown[], LookupFailure>>

/** Makes every lookup. */
export function createFindPaid(client: Client): FindPaid {
  return async ({ merchantUid }) => {
    const wanted = { merchant_uid: merchantUid, payment_status: 'paid' } as const
    const found = await client.call(payments.findAll, wanted)
    if (found.ok) return ok(found.value.list)
    const { failure } = found
    return failure.reason === 'not_found' ? ok([]) : fail(toProviderFailure(failure))
  }
}
