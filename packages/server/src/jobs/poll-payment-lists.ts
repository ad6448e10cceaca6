import type { RepairRooms } from '../deps.ts'
import type { LogFields } from '../log.ts'
import { readList, type Window } from './list-payments.ts'
import { compare } from './match-payments.ts'

const minuteMs = 60_000
/** Clocks differ, and the provider may list a payment a moment after it was made. */
const overlapMs = 5 * minuteMs
const firstLookBackMs = 24 * 60 * minuteMs

/**
 * Follows what the provider lists as paid, or as cancelled, since the last time: one call a minute finds
 * every payment whose messages were all lost, however old its order is.
 */
export async function follow(status: Window['status'], rooms: RepairRooms): Promise<LogFields> {
  const { marks } = rooms.store
  const to = rooms.now()
  const mark = await marks.take(status, new Date(to.getTime() - firstLookBackMs))
  if (!mark.ok) return { status, failure: mark.failure.reason }
  if (mark.value === null) return { status, held: true }

  // A clock that was set back must not leave the mark in a future that no list reaches.
  const from = new Date(Math.min(mark.value.getTime(), to.getTime()) - overlapMs)
  const listed = await readList({ status, from, to }, rooms)
  if (!listed.ok) {
    await marks.put(status, mark.value)
    return { status, failure: listed.failure.reason }
  }
  const compared = await compare(listed.value.entries, rooms)
  const isDone = compared.ok && compared.value.left === 0
  await marks.put(status, isDone ? listed.value.to : mark.value)
  return {
    status,
    calls: listed.value.calls,
    listed: listed.value.entries.length,
    changed: compared.ok ? compared.value.changed : 0,
    left: compared.ok ? compared.value.left : null,
  }
}
