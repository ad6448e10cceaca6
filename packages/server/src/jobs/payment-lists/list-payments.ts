import { type ClientFailure, payments } from '@quayside/client'
import { fail, ok, type Payee, type Result } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import { toDepsOf } from '../../payees.ts'
import { type ParsedRecord, parseRecords } from '../../payments/payment-record.ts'
import { costOfCall, isTooLarge, toFailureFields } from '../../payments/read-payments.ts'
import type { Budget } from '../../run-budget.ts'

/** A list at the provider: payments of one status in a span of time. */
export interface ListWindow {
  readonly status: 'paid' | 'cancelled'
  /** Whose list it is; undefined for the account of `IMP_KEY`. */
  readonly payee: Payee | undefined
  readonly from: Date
  readonly to: Date
}

/** The payments of a window. It may end earlier than the window that was requested. */
export interface PaymentList {
  readonly records: readonly ParsedRecord[]
  readonly to: Date
  readonly calls: number
}

/** Why a list could not be read: a failure of the call, or no budget for its next page. */
export type ListFailure = ClientFailure | 'budget_spent'

const maxPageSize = 1_000
/** What fits into the memory of one process and can be processed within a minute. */
const maxPages = 5
/** What a list leaves of the budget: calls for the list that is read after it. */
const callsLeft = 2
/** The provider's limit for one list. */
const maxWindowMs = 90 * 24 * 60 * 60 * 1_000

/**
 * Reads a list of the provider, or as much of its beginning as fits: when a window has more payments than the budget
 * and the memory allow, a shorter one is read. The rest follows in a later run. Pages that are larger than the client accepts, or that the
 * provider cannot serve, are requested again with fewer payments each, down to one; a payment that cannot be read alone is
 * logged and left out, so that it does not keep the others from being read. Two of them in a row are a provider that is
 * unavailable, unless they are too large.
 */
export async function readPaymentList(
  window: ListWindow,
  deps: JobDeps,
  budget: Budget,
): Promise<Result<PaymentList, ListFailure>> {
  const { client } = toDepsOf(window.payee, deps)
  let { to } = window
  if (to.getTime() - window.from.getTime() > maxWindowMs) {
    to = new Date(window.from.getTime() + maxWindowMs)
  }
  let limit = maxPageSize
  let records: ParsedRecord[] = []
  let calls = 0
  let leftOut: LeftOut[] = []
  for (let page = 1; page > 0; ) {
    if (!budget.take(costOfCall)) return fail('budget_spent')
    calls += 1
    const response = await client.call(payments.byStatus, {
      payment_status: window.status,
      from: toSeconds(window.from),
      to: toSeconds(to),
      // Sorted by a value that never changes: in any other order payments would move between pages meanwhile.
      sorting: 'started',
      limit,
      page,
    })
    if (!response.ok) {
      const { failure } = response
      const isAfterLeftOut = leftOut.at(-1)?.page === page - 1
      // Only a response tells whether a page follows: after one that was left out the next may be beyond the end.
      if (isAfterLeftOut && isBeyondEnd(failure)) break
      if (!isTooLarge(failure) && (isAfterLeftOut || !mayBeBoundToPage(failure))) {
        return fail(failure)
      }
      if (limit === 1) {
        leftOut.push({ page, ...toFailureFields(failure) })
        page += 1
      } else {
        // Pages of another size begin elsewhere, so the list is read again.
        limit = Math.ceil(limit / (isTooLarge(failure) ? 4 : 32))
        records = []
        leftOut = []
        page = 1
      }
      continue
    }
    const shorter = shorten(window.from, to, response.value.total / (maxPagesOf(budget) * limit))
    if (records.length === 0 && shorter < to) {
      to = shorter
      leftOut = []
      page = 1
      continue
    }
    records.push(...parseRecords(response.value.list, deps.log))
    page = response.value.next > page ? response.value.next : 0
  }
  for (const each of leftOut) deps.log('payment_unreadable', { status: window.status, ...each })
  return ok({ records, to, calls })
}

function maxPagesOf(budget: Budget): number {
  // The first page is read already.
  const pages = 1 + budget.countFitting(costOfCall, maxPages + callsLeft) - callsLeft
  return Math.max(1, Math.min(maxPages, pages))
}

/**
 * Returns an earlier end for a window with so many times as many payments as can be read; its end when it need not or
 * cannot be earlier, within a second.
 */
function shorten(from: Date, to: Date, excess: number): Date {
  if (excess <= 1) return to
  // Not exactly in proportion: payments are not spread evenly.
  const shorter = new Date(
    from.getTime() + (to.getTime() - from.getTime()) * Math.min(0.5, 0.9 / excess),
  )
  return toSeconds(shorter) > toSeconds(from) ? shorter : to
}

/** A page of one payment that could not be read. */
interface LeftOut {
  readonly page: number
  readonly reason: string
  readonly cause: string
}

/** Whether a page may have failed because of a payment on it, and not because the provider is unavailable. */
function mayBeBoundToPage({ reason }: ClientFailure): boolean {
  return reason === 'server_error' || reason === 'malformed_response'
}

/** Whether a page does not exist: the provider answers with HTTP 400, or does not find it. */
function isBeyondEnd(failure: ClientFailure): boolean {
  return (
    failure.reason === 'not_found' || (failure.reason === 'refused' && failure.httpStatus === 400)
  )
}

/** The reason and the text of a failure, for the log. */
export function toListFields(failure: ListFailure) {
  if (failure === 'budget_spent') return { failure }
  const { reason, cause } = toFailureFields(failure)
  return { failure: reason, cause }
}

function toSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000)
}
