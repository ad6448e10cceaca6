import { atSeoulHour, toSeoulDay } from '../plan/calendar.ts'
import type { Plan } from '../plan/plan.ts'
import type { DeclineKind } from './decline.ts'
import type { ChargeAttempt, Subscription } from './subscription.ts'

/** After an outage of the provider or a card company. */
const soonMs = 30 * 60_000
const maxSoon = 3

/** The attempts of the open period, all of them known to have failed, and the keys that could be charged. */
export interface Retry {
  readonly subscription: Subscription
  readonly failed: readonly ChargeAttempt[]
  readonly billingKeys: readonly string[]
}

/** The key that the next attempt charges; null when the customer has none that can still work for this period. */
export function chooseKey({ subscription, failed, billingKeys }: Retry): string | null {
  const { fallback } = subscription.plan.retry
  const dead = failed.filter(({ decline }) => decline === 'means_dead').map(toKey)
  const usable = (fallback ? billingKeys : billingKeys.slice(0, 1)).filter(
    (key) => !dead.includes(key),
  )
  const tried = failed.map(toKey)
  return usable.find((key) => !tried.includes(key)) ?? usable[0] ?? null
}

/**
 * When the next attempt is due, with the chosen key; null when the policy has none left. A key that was not tried for
 * this period is due at once, and so is what the merchant asked for.
 */
export function nextTryAt(retry: Retry, key: string, now: number): number | null {
  const { subscription, failed } = retry
  const last = failed.at(-1)
  const { retryAt, pastDueAt } = subscription
  if (last === undefined || (retryAt !== null && last.sentAt < retryAt)) return now
  if (last.decline === 'outcome_unknown' && countKind(failed, ['outcome_unknown']) <= maxSoon) {
    return last.sentAt + soonMs
  }
  if (!failed.map(toKey).includes(key)) return now
  // Without a reason there is no reason to believe that a third time helps.
  const ofKey = failed.filter(({ billingKey }) => billingKey === key)
  if (countKind(ofKey, ['refused', 'unrecognized']) >= 2 || pastDueAt === null) return null
  return toStepTimes(subscription.plan, pastDueAt).find((at) => at > last.sentAt) ?? null
}

/** When the retry policy is over: the grace after its last step. */
export function toGiveUpAt(plan: Plan, pastDueAt: number): number {
  const { steps, graceDays } = plan.retry
  const last = steps.at(-1) ?? { days: 0, hour: plan.hour }
  return atSeoulHour(toSeoulDay(pastDueAt) + last.days + graceDays, last.hour)
}

function toStepTimes({ retry }: Plan, pastDueAt: number): readonly number[] {
  const day = toSeoulDay(pastDueAt)
  return retry.steps.map(({ days, hour }) => atSeoulHour(day + days, hour))
}

function countKind(attempts: readonly ChargeAttempt[], kinds: readonly DeclineKind[]): number {
  return attempts.filter(({ decline }) => decline !== null && kinds.includes(decline)).length
}

function toKey({ billingKey }: ChargeAttempt): string {
  return billingKey
}
