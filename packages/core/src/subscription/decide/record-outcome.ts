import type { MerchantUid } from '../../values/ids.ts'
import type { ChargeAttempt, SubscriptionState, SubscriptionWrite } from '../state/subscription.ts'
import { toWrite } from './decide-subscription.ts'

const maxRefusal = 200

/**
 * Returns what is written when the provider refuses the call of an attempt (`code` other than 0, no payment in the
 * response). The attempt counts as failed only after a lookup found no payment of it. An answer that holds a payment is
 * no refusal, whatever its status: it belongs to the attempt's order. No answer at all is written nowhere.
 *
 * @param state The subscription with its attempts.
 * @param merchantUid The attempt that was called.
 * @param message The provider's message. The first 200 characters are kept.
 * @param now The current time, in ms.
 * @returns The write; null when the outcome of the attempt is known already.
 *
 * @example
 * ```ts
 * import { type MerchantUid, recordRefusal, type SubscriptionState } from '@quayside/core'
 *
 * const onRefused = (state: SubscriptionState, merchantUid: MerchantUid, now: number) =>
 *   recordRefusal(state, merchantUid, '등록되지 않은 구매자입니다.', now)
 * ```
 */
export function recordRefusal(
  state: SubscriptionState,
  merchantUid: MerchantUid,
  message: string,
  now: number,
): SubscriptionWrite | null {
  return change(state, merchantUid, now, {
    refusal: message.slice(0, maxRefusal),
    refusedAt: now,
    absentAt: null,
    checkAt: now,
  })
}

/**
 * Returns what is written after a lookup of all payments of an attempt's order was answered. Write the payments that
 * were found to the order first. A lookup that was not answered is written nowhere: it is repeated.
 *
 * @param state The subscription with its attempts.
 * @param merchantUid The attempt that was looked up.
 * @param isFound Whether the provider has any payment of it.
 * @param askedAt When the lookup was sent, in ms: a payment made after it proves nothing.
 * @param now The current time, in ms.
 * @returns The write; null when the outcome of the attempt is known already.
 *
 * @example
 * ```ts
 * import { type MerchantUid, recordLookUp, type SubscriptionState } from '@quayside/core'
 *
 * const onNothingFound = (state: SubscriptionState, merchantUid: MerchantUid, askedAt: number) =>
 *   recordLookUp(state, merchantUid, false, askedAt, askedAt + 300)
 * ```
 */
export function recordLookUp(
  state: SubscriptionState,
  merchantUid: MerchantUid,
  isFound: boolean,
  askedAt: number,
  now: number,
): SubscriptionWrite | null {
  return change(state, merchantUid, now, isFound ? { isSeen: true } : { absentAt: askedAt })
}

function change(
  state: SubscriptionState,
  merchantUid: MerchantUid,
  now: number,
  fields: Partial<ChargeAttempt>,
): SubscriptionWrite | null {
  const attempt = state.attempts.find((each) => each.merchantUid === merchantUid)
  if (attempt?.state !== 'open') return null
  return toWrite(state, { attempts: [{ ...attempt, ...fields }] }, now)
}
