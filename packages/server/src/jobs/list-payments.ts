import { type ClientFailure, payments } from '@quayside/client'
import { fail, ok, type Result } from '@quayside/core'
import type { RepairRooms } from '../deps.ts'
import { type Entry, toEntries } from '../payments/payment-record.ts'

/** Payments of one status and one time, as the provider lists them. */
export interface Window {
  readonly status: 'paid' | 'cancelled'
  readonly from: Date
  readonly to: Date
}

/** A window that was read to its end. It may end before the one that was asked for. */
export interface Listed {
  readonly entries: readonly Entry[]
  readonly to: Date
  readonly calls: number
}

const pageSize = 1_000
/** What a worker holds in its memory, and works off in a minute. */
const mostPages = 5
/** The provider lists no more at once. */
const longestMs = 90 * 24 * 60 * 60 * 1_000

/**
 * Reads a list of the provider, or as much of its beginning as fits: where a window holds too much, the
 * first half of it is read, and so on. The rest is for the next time.
 */
export async function readList(
  window: Window,
  rooms: RepairRooms,
): Promise<Result<Listed, ClientFailure>> {
  let { to } = window
  if (to.getTime() - window.from.getTime() > longestMs) {
    to = new Date(window.from.getTime() + longestMs)
  }
  const entries: Entry[] = []
  let calls = 0
  for (let page = 1; page > 0; ) {
    calls += 1
    const answer = await rooms.client.call(payments.byStatus, {
      payment_status: window.status,
      from: toSeconds(window.from),
      to: toSeconds(to),
      // By what never changes: a list in another order would move while it is read.
      sorting: 'started',
      limit: pageSize,
      page,
    })
    if (!answer.ok) return fail(answer.failure)
    const half = new Date((window.from.getTime() + to.getTime()) / 2)
    const isTooMuch = answer.value.total > mostPages * pageSize
    if (page === 1 && isTooMuch && toSeconds(half) > toSeconds(window.from)) {
      to = half
      continue
    }
    entries.push(...toEntries(answer.value.list))
    page = answer.value.next > page ? answer.value.next : 0
  }
  return ok({ entries, to, calls })
}

function toSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000)
}
