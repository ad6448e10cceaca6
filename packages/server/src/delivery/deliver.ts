import { ok, type Result, type StoreFailure } from '@quayside/core'
import type { StoredEvent } from '../domain/event.ts'
import { toReplayPath } from '../events/replay-path.ts'
import type { Log } from '../log.ts'
import type { Outbox } from '../ports/outbox.ts'
import { backoffAfter, backoffMs } from './backoff.ts'
import { type Send, toFailureText } from './send.ts'

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
  readonly delivered: number
  readonly failed: number
}

/** Sends events of the outbox to the merchant's receiver. */
export interface Delivery {
  /** Tries one event if it is due. Fails with `store_unavailable`; a failed try is a result. */
  deliver(id: string): Promise<Result<DeliveryResult, StoreFailure>>
  /** Tries the events that are due, until none is left or 50 seconds are over. Fails with `store_unavailable`. */
  sweep(): Promise<Result<SweepResult, StoreFailure>>
}

export interface DeliveryOptions {
  readonly outbox: Outbox
  readonly send: Send
  readonly now: () => Date
  readonly log: Log
}

/** A runtime may limit open connections to six; more would wait while their time limit runs. */
const maxConcurrent = 6
const maxSweepMs = 50_000
const maxTries = backoffMs.length + 1

export function createDelivery({ outbox, send, now, log }: DeliveryOptions): Delivery {
  const deliverEvent = async (
    event: StoredEvent,
  ): Promise<Result<DeliveryResult, StoreFailure>> => {
    const { id, tries } = event
    // A process may end during each try, without a result: these tries count as well.
    const sent = tries > maxTries ? null : await send(event)
    if (sent?.ok === true) {
      const marked = await outbox.markDelivered(event)
      return marked.ok ? ok({ kind: 'delivered' }) : marked
    }
    const failure = sent === null ? 'never_finished' : toFailureText(sent.failure)
    const waitMs = sent === null ? null : backoffAfter(tries)
    const dueAt = waitMs === null ? null : new Date(now().getTime() + waitMs)
    if (waitMs === null)
      log('event_failed_permanently', { id, tries, failure, replay: `POST ${toReplayPath(id)}` })
    else log('event_not_delivered', { id, tries, failure, waitMs })
    const marked = await outbox.markFailed(event, failure, dueAt)
    return marked.ok ? ok({ kind: 'failed', waitMs }) : marked
  }

  return {
    async deliver(id) {
      const event = await outbox.claimOne(id)
      if (!event.ok) return event
      return event.value === null ? ok({ kind: 'not_due' }) : deliverEvent(event.value)
    },

    async sweep() {
      const until = now().getTime() + maxSweepMs
      const counts = { delivered: 0, failed: 0 }
      while (now().getTime() < until) {
        const events = await outbox.claim(maxConcurrent)
        if (!events.ok) return events
        const tries = await Promise.all(events.value.map(deliverEvent))
        for (const each of tries) {
          if (each.ok && each.value.kind === 'delivered') counts.delivered++
          else counts.failed++
        }
        if (events.value.length < maxConcurrent) break
      }
      return ok(counts)
    },
  }
}
