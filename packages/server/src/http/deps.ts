import type { ConfirmGuard, ConfirmHook, FindPaid, LookupGuard } from '@quayside/hono'
import type { MiddlewareHandler } from 'hono'
import type { Deps } from '../deps.ts'
import type { Observe } from '../observe.ts'

/** What the app needs beyond the use cases. */
export interface AppDeps extends Deps {
  /** Schedules an event of the outbox for delivery at once. */
  readonly enqueueEvent: (eventId: string) => void
  /** Limits the lookups that the completion routes cause. */
  readonly lookupGuard: LookupGuard
  /** Whether an order has money, before its buyer reads that the payment failed. */
  readonly findPaid: FindPaid
  /** Limits the guesses of amounts at the confirm route. */
  readonly confirmGuard: ConfirmGuard
  /** Asks the merchant's server before a payment is approved; null when nobody is asked. */
  readonly confirm: ConfirmHook | null
  /** Whether a request can be the provider's. It proves nothing. */
  readonly isProvider: (request: Request) => boolean
  /** Runs before the completion routes and limits requests per address; null without a limit. */
  readonly rateLimit: MiddlewareHandler | null
  /** Whether the process is about to end. */
  readonly isStopping: () => boolean
  /** Runs around each request; null when nobody observes. */
  readonly observe: Observe | null
}
