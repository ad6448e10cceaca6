import type { MerchantUid } from '../../values/ids.ts'

declare const brand: unique symbol

/** The merchant's id of a subscription: 1 to 24 of `A-Z a-z 0-9 _ -`. */
export type SubscriptionId = string & { readonly [brand]: 'subscription' }

/** What the id of an attempt's order says. */
export interface AttemptId {
  /** The subscription that is charged. */
  readonly subscriptionId: SubscriptionId
  /** The period that is charged, from 1. */
  readonly period: number
  /** The number of the attempt within its period, from 1. */
  readonly attempt: number
}

const subscriptionGrammar = /^[A-Za-z0-9_-]{1,24}$/
// 40 characters is the most that the provider takes. An id may itself contain dashes and digits: the last two numbers count.
const attemptGrammar = /^sub-([A-Za-z0-9_-]{1,24})-([1-9]\d{0,4})-([1-9]\d?)$/

/** The last period of a subscription: more do not fit into the id of an attempt. */
export const maxPeriod = 99_999

/** The last attempt of a period. */
export const maxAttempt = 99

/**
 * Parses the merchant's id of a subscription.
 *
 * @param value The value from outside; any value is allowed.
 * @returns The id; null for anything but 1 to 24 of `A-Z a-z 0-9 _ -`.
 *
 * @example
 * ```ts
 * import { parseSubscriptionId } from '@quayside/core'
 *
 * console.log(parseSubscriptionId('user-42'), parseSubscriptionId('a/b')) // user-42 null
 * ```
 */
export function parseSubscriptionId(value: unknown): SubscriptionId | null {
  return typeof value === 'string' && subscriptionGrammar.test(value)
    ? (value as SubscriptionId)
    : null
}

/**
 * Returns the id of the order of an attempt, the same for the same attempt: `sub-<subscription>-<period>-<attempt>`.
 *
 * @throws RangeError for a period outside 1 to 99,999 or an attempt outside 1 to 99.
 *
 * @example
 * ```ts
 * import { parseSubscriptionId, toAttemptId } from '@quayside/core'
 *
 * const id = parseSubscriptionId('user-42')
 * if (id !== null) console.log(toAttemptId({ subscriptionId: id, period: 3, attempt: 1 })) // sub-user-42-3-1
 * ```
 */
export function toAttemptId({ subscriptionId, period, attempt }: AttemptId): MerchantUid {
  const id = `sub-${subscriptionId}-${period}-${attempt}`
  if (!attemptGrammar.test(id)) throw new RangeError(`No id for an attempt: ${id}`)
  return id as MerchantUid
}

/**
 * Parses the id of an order that has the shape of an attempt. The shape only says which subscription to read: whether
 * there is such an attempt, the store knows.
 *
 * @param merchantUid The id of an order; any value is allowed.
 * @returns What it says; null for any other shape.
 *
 * @example
 * ```ts
 * import { parseAttemptId } from '@quayside/core'
 *
 * console.log(parseAttemptId('sub-user-42-3-1')) // { subscriptionId: 'user-42', period: 3, attempt: 1 }
 * console.log(parseAttemptId('ORD-1')) // null
 * ```
 */
export function parseAttemptId(merchantUid: unknown): AttemptId | null {
  const found = typeof merchantUid === 'string' ? attemptGrammar.exec(merchantUid) : null
  if (found === null) return null
  const [, subscriptionId = '', period, attempt] = found
  return {
    subscriptionId: subscriptionId as SubscriptionId,
    period: Number(period),
    attempt: Number(attempt),
  }
}
