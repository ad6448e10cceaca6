import type { Money } from '@quayside/core'
import type { BuyerDetails } from './buyer-details.ts'
import type { StoredSubscription } from './stored-subscription.ts'

/** What each charge of a subscription tells the provider beside its amount. */
export interface ChargeDetails {
  /** The tax-free part of a full price; null without one. */
  readonly taxFree: Money | null
  /** What some PGs require at each charge. */
  readonly buyer: BuyerDetails
}

/** Nothing but the amount. */
const noDetails: ChargeDetails = { taxFree: null, buyer: {} }

/** The part of a stored request that charges are made by. */
interface StoredRequest {
  readonly plan: { readonly amount: Money }
  readonly details?: ChargeDetails
}

/** Returns what the charges of a subscription tell the provider of the buyer: as it was changed last, or as it was requested. */
export function toBuyerDetails({
  request,
  buyer,
}: Pick<StoredSubscription, 'request' | 'buyer'>): BuyerDetails {
  return buyer ?? parse(request).details?.buyer ?? {}
}

/** Returns a stored request without what it tells of the buyer, as if it had named nothing. */
export function withoutBuyer(request: string): string {
  const { details, ...others } = parse(request)
  const isTaxFree = details !== undefined && details.taxFree !== null
  return JSON.stringify(
    isTaxFree ? { ...others, details: { taxFree: details.taxFree, buyer: {} } } : others,
  )
}

/**
 * Returns whether a request is the one by which a subscription was created. Details of the buyer that were replaced are not
 * known any more, so any are accepted then.
 */
export function isRequestOf(
  stored: Pick<StoredSubscription, 'request' | 'buyer'>,
  request: string,
): boolean {
  return stored.buyer === undefined
    ? stored.request === request
    : withoutBuyer(stored.request) === withoutBuyer(request)
}

/**
 * Returns the tax-free part of a charge: the share that it was of the price with which the subscription was created, rounded
 * down. Null where the subscription names none.
 *
 * @param stored The subscription.
 * @param charged What is charged: a discount, a part of a period, or another plan have another amount.
 *
 * @example
 * ```ts
 * import { type StoredSubscription, toTaxFreePart } from '@quayside/server'
 *
 * const toHalf = (stored: StoredSubscription) =>
 *   toTaxFreePart(stored, { minor: 4_950, currency: 'KRW' })
 * console.log(typeof toHalf) // function
 * ```
 */
export function toTaxFreePart(
  { request }: Pick<StoredSubscription, 'request'>,
  charged: Money,
): Money | null {
  const { plan, details = noDetails } = parse(request)
  if (details.taxFree === null) return null
  // The product of two prices may lie beyond the exact numbers.
  const minor = (BigInt(details.taxFree.minor) * BigInt(charged.minor)) / BigInt(plan.amount.minor)
  return { minor: Number(minor), currency: charged.currency }
}

/** This server has written it. */
function parse(request: string): StoredRequest {
  return JSON.parse(request)
}
