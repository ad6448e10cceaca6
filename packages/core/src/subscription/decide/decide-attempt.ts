import { classifyDecline, type DeclineKind, saysAlreadyPaid } from '../state/decline.ts'
import { canSettle, isChargeable, isFinal, isOver } from '../state/lifecycle.ts'
import type { ChargeAttempt, SubscriptionEvent, SubscriptionState } from '../state/subscription.ts'
import { book, type CallStep, type Step } from './step.ts'

const minuteMs = 60_000
/** After this time a call is not expected to take effect any more. */
export const dayMs = 86_400_000

/** How long a call may still take effect after it was permitted. Longer than any timeout of a client or a provider. */
const quietMs = 10 * minuteMs

/** How far the provider's lookups may be behind its payments. */
const lagMs = 360 * minuteMs

/** The pauses between lookups of one attempt, and between refund requests; the last one goes on. */
const pauses = [1, 4, 15, 60, 360, 1_440].map((minutes) => minutes * minuteMs)

/** What the status of its order makes of an attempt; null for nothing now. */
export function decideAttempt(
  state: SubscriptionState,
  attempt: ChargeAttempt,
  now: number,
): Step | null {
  switch (attempt.state) {
    case 'open':
      return decideOpen(state, attempt, now)
    case 'failed':
      return decideMoney(state, attempt, now)
    case 'booked':
      return attempt.orderStatus === 'cancelled' ? refunded(attempt) : null
    case 'refunding':
      if (attempt.orderStatus === 'cancelled') return refunded(attempt)
      return attempt.checkAt <= now ? refund(attempt, now) : null
    case 'refunded':
      return null
  }
}

function decideOpen(state: SubscriptionState, attempt: ChargeAttempt, now: number): Step | null {
  const money = decideMoney(state, attempt, now)
  if (money !== null) return money
  if (attempt.orderStatus === 'failed' || attempt.orderStatus === 'expired') {
    return decideFailed(attempt, now)
  }
  const { subscription } = state
  const { refusal, refusedAt, isSeen, sentAt } = attempt
  const absentAt = isSeen
    ? Number.NEGATIVE_INFINITY
    : (attempt.absentAt ?? Number.NEGATIVE_INFINITY)
  const isAnswered = refusal !== null && refusedAt !== null && !saysAlreadyPaid(refusal)
  if (isAnswered && absentAt >= refusedAt) return failed(attempt, classifyDecline(refusal))

  const isQuiet = absentAt >= sentAt + quietMs
  const isClosed = isFinal(subscription) || attempt.period !== subscription.period
  // Money that turns up later is refunded all the same.
  if (isClosed && now >= sentAt + dayMs && (isSeen || isQuiet)) {
    return failed(attempt, 'outcome_unknown')
  }
  if (!isClosed && isQuiet && refusal === null && isChargeable(subscription, now)) {
    if (!state.billingKeys.includes(attempt.billingKey)) {
      // The provider cannot be asked by another call whether it knows the id, so one lookup is not enough.
      return absentAt >= sentAt + dayMs ? failed(attempt, 'means_dead') : lookUpIfDue(attempt, now)
    }
    // The lookup is fresh: what the provider knew an hour ago is no reason to call.
    if (now < absentAt + quietMs && !isOver(subscription, now)) return sendAgain(attempt, now)
  }
  return lookUpIfDue(attempt, now)
}

/**
 * After two calls there may be two payments of one id, of which a lookup has not found the second yet, or found it
 * pending. So a late lookup, which was answered, must have left the order failed.
 */
function decideFailed(attempt: ChargeAttempt, now: number): Step | null {
  const { checkAt, checks, sends, sentAt, isSeen } = attempt
  const isLate = checkAt - toPause(checks) >= sentAt + lagMs
  if (sends === 1 || (isSeen && isLate)) return failed(attempt, classifyDecline(attempt.failReason))
  return lookUpIfDue({ ...attempt, isSeen: false }, now)
}

/** An attempt that is paid settles its period if that is still open; any other money is refunded. */
function decideMoney(
  { subscription }: SubscriptionState,
  attempt: ChargeAttempt,
  now: number,
): Step | null {
  switch (attempt.orderStatus) {
    case 'paid':
    case 'partially_cancelled':
    case 'cancelled': {
      if (attempt.period === subscription.period && canSettle(subscription, now)) {
        return book(subscription, attempt)
      }
      return attempt.orderStatus === 'cancelled' ? refunded(attempt) : refund(attempt, now)
    }
    case 'pending':
    case 'vbank_issued':
    case 'failed':
    case 'expired':
      return null
  }
}

function sendAgain(before: ChargeAttempt, now: number): Step {
  const attempt: ChargeAttempt = {
    ...before,
    sentAt: now,
    sends: before.sends + 1,
    absentAt: null,
    checkAt: now + toPause(before.checks),
  }
  return { kind: 'send_again', attempt, changes: { attempts: [attempt] } }
}

function lookUpIfDue(before: ChargeAttempt, now: number): Step | null {
  if (before.checkAt > now) return null
  const checks = before.checks + 1
  const attempt = { ...before, checks, checkAt: now + toPause(checks) }
  return { kind: 'look_up', attempt, changes: { attempts: [attempt] } }
}

/** Returns the step that refunds an attempt, or requests it once more. */
export function refund(before: ChargeAttempt, now: number): CallStep {
  const checks = before.state === 'refunding' ? before.checks + 1 : 0
  const attempt = { ...before, state: 'refunding', checks, checkAt: now + toPause(checks) } as const
  return { kind: 'refund', attempt, changes: { attempts: [attempt] } }
}

function refunded(before: ChargeAttempt): Step {
  const attempt = { ...before, state: 'refunded' } as const
  return {
    kind: 'change',
    changes: { attempts: [attempt], events: [toEvent('refunded', attempt)] },
  }
}

function failed(before: ChargeAttempt, decline: DeclineKind): Step {
  const attempt = { ...before, state: 'failed', decline } as const
  return {
    kind: 'change',
    changes: { attempts: [attempt], events: [toEvent('charge_failed', attempt)] },
  }
}

function toEvent(
  kind: 'refunded' | 'charge_failed',
  { merchantUid, period }: ChargeAttempt,
): Omit<SubscriptionEvent, 'sequence'> {
  return { kind, merchantUid, period }
}

/** Returns the pause after a number of lookups or requests. */
export function toPause(checks: number): number {
  return pauses[Math.min(checks, pauses.length - 1)] ?? dayMs
}
