import { type ClientFailure, payments } from '@quayside/client'
import { fail, ok, type Result } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import { type ParsedRecord, parseRecords } from '../payments/payment-record.ts'

/** Payments of one status and one time, as the provider lists them. */
export interface Window {
  readonly status: 'paid' | 'cancelled'
  readonly from: Date
  readonly to: Date
}

/** A window that was read to its end. It may end before the one that was asked for. */
export interface PaymentList {
  readonly records: readonly ParsedRecord[]
  readonly to: Date
  readonly calls: number
}

const pageSize = 1_000
/** What a worker holds in its memory, and works off in a minute. */
const maxPages = 5
/** The provider lists no more at once. */
const maxWindowMs = 90 * 24 * 60 * 60 * 1_000

/**
 * Reads a list of the provider, or as much of its beginning as fits: where a window holds too much, the
 * first half of it is read, and so on. The rest is for the next time.
 */
export async function readPaymentList(
  window: Window,
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
      // By what never changes: a list in another order would move while it is read.
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
