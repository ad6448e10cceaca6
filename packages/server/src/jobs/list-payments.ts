import { type ClientFailure, payments } from '@quayside/client'
import { fail, ok, type Result } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import { type ParsedRecord, parseRecords } from '../payments/payment-record.ts'

/** A list at the provider: payments of one status in a span of time. */
export interface ListWindow {
  readonly status: 'paid' | 'cancelled'
  readonly from: Date
  readonly to: Date
}

/** The payments of a window. It may end earlier than the window that was requested. */
export interface PaymentList {
  readonly records: readonly ParsedRecord[]
  readonly to: Date
  readonly calls: number
}

const pageSize = 1_000
/** What fits into the memory of one process and can be processed within a minute. */
const maxPages = 5
/** The provider's limit for one list. */
const maxWindowMs = 90 * 24 * 60 * 60 * 1_000

/**
 * Reads a list of the provider, or as much of its beginning as fits: when a window has too many payments, its
 * first half is read, and so on. The rest follows in a later run.
 */
export async function readPaymentList(
  window: ListWindow,
  deps: JobDeps,
): Promise<Result<PaymentList, ClientFailure>> {
  let { to } = window
  if (to.getTime() - window.from.getTime() > maxWindowMs) {
    to = new Date(window.from.getTime() + maxWindowMs)
  }
  const records: ParsedRecord[] = []
  let calls = 0
  for (let page = 1; page > 0; ) {
    calls += 1
    const response = await deps.client.call(payments.byStatus, {
      payment_status: window.status,
      from: toSeconds(window.from),
      to: toSeconds(to),
      // Sorted by a value that never changes: in any other order payments would move between pages meanwhile.
      sorting: 'started',
      limit: pageSize,
      page,
    })
    if (!response.ok) return fail(response.failure)
    const half = new Date((window.from.getTime() + to.getTime()) / 2)
    const isTooLarge = response.value.total > maxPages * pageSize
    if (page === 1 && isTooLarge && toSeconds(half) > toSeconds(window.from)) {
      to = half
      continue
    }
    records.push(...parseRecords(response.value.list))
    page = response.value.next > page ? response.value.next : 0
  }
  return ok({ records, to, calls })
}

function toSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000)
}
