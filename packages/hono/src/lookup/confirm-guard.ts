import type { ConfirmRequest } from '@quayside/core'

/** A request to confirm a payment that a handler is about to check. */
export interface ConfirmAttempt {
  /** What the request says; nothing in it is verified. */
  readonly confirm: ConfirmRequest
  /** The request itself, e.g. for its IP address. Its body has been read. */
  readonly request: Request
}

/**
 * Whether a request to confirm a payment may be checked now; one that may not is refused like any other. The route is
 * public, and its approval says that an order is open and has the amount of the request: a guard keeps anybody from
 * finding an amount by many guesses.
 */
export type ConfirmGuard = (attempt: ConfirmAttempt) => boolean

/** Allows every request. */
export const allowAll: ConfirmGuard = () => true
