import { ok, type Result, type StoreFailure } from '@quayside/core'
import type { StoredEvent } from '../domain/event.ts'
import { toReplayPath } from '../events/replay-path.ts'
import { describeCause, type Log } from '../log.ts'
import type { Outbox, SettledTry } from '../ports/outbox.ts'
import { type Budget, unlimitedBudget } from '../run-budget.ts'
import { backoffAfter, backoffMs } from './backoff.ts'
import { type Send, type SendFailure, toFailureText } from './send.ts'

//  due ─ claim ─► leased ─ send ─► 2xx ───────────────► delivered
//   ▲                        └───► anything else
//   └────── backoff ───────────────────┴─ no tries left ─► failed permanently ─ replay ─► due

/** The result of one try. */
export type DeliveryResult =
  | { readonly kind: 'delivered' }
  /** Leased by another caller, delivered, not due yet, or unknown. */
  | { readonly kind: 'not_due' }
  /** The next try is due after `waitMs` milliseconds; null when the event has failed permanently. */
  | { readonly kind: 'failed'; readonly waitMs: number | null }

/** How many events one sweep delivered, and how many tries failed. */
export interface SweepResult {
  /** Events that the receiver took. */
  readonly delivered: number
  /** Tries that failed; each is made again, unless it was the last one. */
  readonly failed: number
}

/** Sends events of the outbox to the merchant's receiver. */
export interface Delivery {
  /** Tries one event if it is due. Fails with `store_unavailable`; a failed try is a result. */
  deliver(id: string): Promise<Result<DeliveryResult, StoreFailure>>
  /**
   * Tries the events that are due, until none is left or the budget is spent. Fails with `store_unavailable`.
   *
   * @param budget What it may use; by default as much as it needs.
   */
  sweep(budget?: Budget): Promise<Result<SweepResult, StoreFailure>>
}

export interface DeliveryOptions {
  readonly outbox: Outbox
  readonly send: Send
  readonly now: () => Date
  readonly log: Log
  /** How many events are sent at the same time. */
  readonly connections: number
}

const maxSweepMs = 50_000
const maxTries = backoffMs.length + 1
/** A claim and the three statements that settle it. */
const costOfClaim = { storeCalls: 4 }
/** While the receiver is fast, so many times as many events are claimed as are sent at the same time. */
const maxRounds = 8
const slowMs = 1_000

type Sent = SettledTry & { readonly delivery: DeliveryResult }

export function createDelivery(options: DeliveryOptions): Delivery {
  const { outbox, send, now, log, connections } = options

  const sendEvent = async (event: StoredEvent): Promise<Sent> => {
    const { id, tries } = event
    // A process may end during each try, without a result: these tries count as well.
    const sent = tries > maxTries ? null : await send(event)
    if (sent?.ok === true) {
      return { event, result: { kind: 'delivered' }, delivery: { kind: 'delivered' } }
    }
    const failure = sent === null ? 'never_finished' : toFailureText(sent.failure)
    const cause = sent === null ? null : toCause(sent.failure)
    const waitMs = sent === null ? null : backoffAfter(tries)
    const dueAt = waitMs === null ? null : new Date(now().getTime() + waitMs)
    if (waitMs === null) {
      const replay = `POST ${toReplayPath(id)}`
      log('event_failed_permanently', { id, tries, failure, cause, replay })
    } else log('event_not_delivered', { id, tries, failure, cause, waitMs })
    return {
      event,
      result: { kind: 'failed', failure, dueAt },
      delivery: { kind: 'failed', waitMs },
    }
  }

  /** Another caller may have sent the same event meanwhile. */
  const logExpiredLeases = (tries: readonly SettledTry[]): void => {
    const at = now()
    for (const { event, result } of tries) {
      const { id, dueAt } = event
      if (result.kind === 'unsent' || dueAt === null || dueAt > at) continue
      log('event_lease_expired', { id, tries: event.tries, lateMs: at.getTime() - dueAt.getTime() })
    }
  }

  /** Sends claimed events, as many at a time as there are connections; after a slow round the rest is not sent. */
  const sendClaimed = async (events: readonly StoredEvent[]): Promise<readonly SettledTry[]> => {
    const tries: SettledTry[] = []
    for (let first = 0; first < events.length; first += connections) {
      const since = now().getTime()
      tries.push(...(await Promise.all(events.slice(first, first + connections).map(sendEvent))))
      if (now().getTime() - since < slowMs) continue
      const unsent = events.slice(first + connections)
      return [
        ...tries,
        ...unsent.map((event): SettledTry => ({ event, result: { kind: 'unsent' } })),
      ]
    }
    return tries
  }

  return {
    async deliver(id) {
      const event = await outbox.claimOne(id)
      if (!event.ok) return event
      if (event.value === null) return ok({ kind: 'not_due' })
      const sent = await sendEvent(event.value)
      logExpiredLeases([sent])
      const settled = await outbox.settle([sent])
      return settled.ok ? ok(sent.delivery) : settled
    },

    async sweep(budget = unlimitedBudget) {
      const until = now().getTime() + maxSweepMs
      const counts = { delivered: 0, failed: 0 }
      for (let rounds = 1; now().getTime() < until; ) {
        const size = budget.countFitting({ requests: 1 }, rounds * connections)
        if (size === 0 || !budget.take({ ...costOfClaim, requests: size })) {
          if (await budget.more()) continue
          break
        }
        const events = await outbox.claim(size)
        if (!events.ok) return events
        if (events.value.length === 0) break
        const since = now().getTime()
        const tries = await sendClaimed(events.value)
        logExpiredLeases(tries)
        const settled = await outbox.settle(tries)
        if (!settled.ok) return settled
        for (const { result } of tries) {
          if (result.kind === 'delivered') counts.delivered++
          if (result.kind === 'failed') counts.failed++
        }
        if (events.value.length < size) break
        const isFast = now().getTime() - since < slowMs
        rounds = isFast ? Math.min(rounds * 2, maxRounds) : 1
      }
      return ok(counts)
    },
  }
}

function toCause(failure: SendFailure): string | null {
  switch (failure.reason) {
    case 'event_unreadable':
    case 'receiver_unreachable':
      return describeCause(failure.cause)
    case 'receiver_refused':
    case 'receiver_timeout':
      return null
  }
}
