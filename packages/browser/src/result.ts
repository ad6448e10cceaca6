import type { RequestProblem } from './request/problem.ts'

/** A virtual account (가상계좌) that waits for a deposit. */
export interface VirtualAccount {
  /** The bank by name; null where the provider's record has none. */
  readonly bank: string | null
  /** The account number as text, with leading zeros; show it unchanged. */
  readonly number: string
  /** The name of the account holder; null where the record has none. */
  readonly holder: string | null
  /** ISO 8601. */
  readonly dueAt: string | null
}

/** What every result has. */
export interface Ended {
  /** The order, registration or verification that the window was opened for. */
  readonly merchantUid: string
  /** The payment server's sentence for the buyer, in the browser's language; null where it did not answer. */
  readonly message: string | null
}

/** The order is paid: the payment server has compared the provider's record with it. */
export interface Paid extends Ended {
  /** The discriminant of {@link PaymentResult}. */
  readonly status: 'paid'
}

/** An account was issued, and nothing is paid yet. */
export interface AccountIssued extends Ended {
  /** The discriminant of {@link PaymentResult}. */
  readonly status: 'account_issued'
  /** Null where the page has no token of the order, with which it may read the account. */
  readonly account: VirtualAccount | null
}

/** The order was paid, and the money was returned. */
export interface Refunded extends Ended {
  /** The discriminant of {@link PaymentResult}. */
  readonly status: 'refunded'
  /** True where a part of the money was kept. */
  readonly isPartial: boolean
}

/** Why nothing was paid. */
export type FailureReason =
  /** The PG or the provider refused: `errorMessage` has its words. */
  | 'refused'
  /** The browser blocked the popup of the window. */
  | 'popup_blocked'
  /** The browser script could not be loaded: blocked, offline, or another file than was promised. */
  | 'sdk_unavailable'
  /** What was loaded is not the script of V1. */
  | 'sdk_incompatible'
  /** The request would be refused: `problems` says why. */
  | 'request_invalid'
  /** This page has not finished with the window of another order, and this one is not known to be paid. */
  | 'another_in_progress'

/** Nothing was paid, and the buyer may try again. */
export interface Failed extends Ended {
  /** The discriminant of every result. */
  readonly status: 'failed'
  /** Why nothing was paid. */
  readonly reason: FailureReason
  /** The code and the words of the PG, unchanged; null without. Show them as text, never as HTML. */
  readonly errorCode: string | null
  /** The words of the PG, for the buyer; null without. */
  readonly errorMessage: string | null
  /** What is wrong with the request; empty unless it was `request_invalid`. */
  readonly problems: readonly RequestProblem[]
}

/** The buyer closed the window, and nothing was paid. */
export interface CancelledByBuyer extends Ended {
  /** The discriminant of every result. */
  readonly status: 'cancelled_by_buyer'
  /** The words of the PG, which are often only a code; null without. */
  readonly errorMessage: string | null
}

/** Why it is not known whether something was paid. */
export type UnknownReason =
  /** The payment server does not know yet. */
  | 'pending'
  /** The payment server could not be reached. */
  | 'offline'
  /** The window never called back. */
  | 'no_callback'
  /** Another tab has the window of this order open. */
  | 'open_in_another_tab'
  /** The deposit into the account is overdue: one may still be on its way. */
  | 'deposit_overdue'
  /** What was paid is not this order's, or the order or its token is unknown. */
  | 'not_this_order'
  /** The payment server refused to read the request: its settings or the page need a change. */
  | 'server_refused'
  /** The page stopped waiting (`signal`). */
  | 'aborted'

/** It is not known whether something was paid. Ask again later, and offer no other payment meanwhile. */
export interface Unknown extends Ended {
  /** The discriminant of every result. */
  readonly status: 'unknown'
  /** Why it is not known. */
  readonly reason: UnknownReason
  /** The payment server's code, for a log; null without one. */
  readonly errorCode: string | null
}

/** How a window can end without its aim. */
export type NotDone = Failed | CancelledByBuyer | Unknown

/** How a payment ended. */
export type PaymentResult = Paid | AccountIssued | Refunded | NotDone

/** How the registration of a billing key ended. */
export type RegistrationResult = (Ended & { readonly status: 'registered' }) | NotDone

/** How an identity verification ended. */
export type VerificationResult = (Ended & { readonly status: 'verified' }) | NotDone

/** What a window is opened for. */
export type Purpose = 'payment' | 'registration' | 'verification'

/** Any result. */
export type AnyResult = PaymentResult | RegistrationResult | VerificationResult

/** How a window ended, whatever it was opened for. */
export type Outcome = (Ended & { readonly status: 'done' }) | AccountIssued | Refunded | NotDone

/** The outcome of a payment. */
export function toPaymentResult(outcome: Outcome): PaymentResult {
  return outcome.status === 'done' ? { ...outcome, status: 'paid' } : outcome
}

/** The outcome of a registration, which was cancelled where an order would be refunded. */
export function toRegistrationResult(outcome: Outcome): RegistrationResult {
  return toSubjectResult(outcome, 'registered')
}

/** The outcome of an identity verification. */
export function toVerificationResult(outcome: Outcome): VerificationResult {
  return toSubjectResult(outcome, 'verified')
}

function toSubjectResult<Status extends string>(
  outcome: Outcome,
  done: Status,
): (Ended & { readonly status: Status }) | NotDone {
  const { status, merchantUid, message } = outcome
  if (status === 'done') return { status: done, merchantUid, message }
  if (status === 'refunded') {
    return { status: 'cancelled_by_buyer', merchantUid, message, errorMessage: null }
  }
  return status === 'account_issued' ? toUnknown(merchantUid, 'not_this_order', message) : outcome
}

/** A result that says that nothing is known. */
export function toUnknown(
  merchantUid: string,
  reason: UnknownReason,
  message: string | null = null,
  errorCode: string | null = null,
): Unknown {
  return { status: 'unknown', merchantUid, reason, message, errorCode }
}

/** A result that says that no window opened. */
export function toNotOpened(
  merchantUid: string,
  reason: FailureReason,
  problems: readonly RequestProblem[] = [],
): Failed {
  const words = { message: null, errorCode: null, errorMessage: null }
  return { status: 'failed', merchantUid, reason, problems, ...words }
}
