import type { JobDeps } from '../deps.ts'
import type { LogFields } from '../log.ts'
import { type ListWindow, readPaymentList } from './list-payments.ts'
import { matchPayments } from './match-payments.ts'

const minuteMs = 60_000
/** Clocks differ, and the provider may list a payment some seconds after it was made. */
const overlapMs = 5 * minuteMs
const initialLookbackMs = 24 * 60 * minuteMs

/**
 * Reads what the provider lists as paid, or as cancelled, since the last run: one call a minute finds every
 * payment whose messages were all lost, no matter how old its order is.
 */
export async function pollPaymentList(
  status: ListWindow['status'],
  deps: JobDeps,
): Promise<LogFields> {
  const { cursors } = deps.store
  const to = deps.now()
  const cursor = await cursors.acquire(status, new Date(to.getTime() - initialLookbackMs))
  if (!cursor.ok) return { status, failure: cursor.failure.reason }
  if (cursor.value === null) return { status, held: true }

  // A clock that was set back must not leave the cursor in a future that no list reaches.
  const from = new Date(Math.min(cursor.value.getTime(), to.getTime()) - overlapMs)
  const listed = await readPaymentList({ status, from, to }, deps)
  if (!listed.ok) {
    await cursors.release(status, cursor.value)
    return { status, failure: listed.failure.reason }
  }
  const matched = await matchPayments(listed.value.records, deps)
  const isDone = matched.ok && matched.value.remaining === 0
  await cursors.release(status, isDone ? listed.value.to : cursor.value)
  return {
    status,
    calls: listed.value.calls,
    listed: listed.value.records.length,
    changed: matched.ok ? matched.value.changed : 0,
    remaining: matched.ok ? matched.value.remaining : null,
  }
}
