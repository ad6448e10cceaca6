import type { RepairRooms } from '../deps.ts'
import type { Exception } from '../domain/reconciliation-issue.ts'
import type { LogFields } from '../log.ts'
import { type Ending, giveBack } from '../payments/refund-issue.ts'
import { isolate } from './isolate-errors.ts'

const mostAtOnce = 50
const mostTries = 5
const firstPauseMs = 50_000

/** Gives back the money that no order wants, where its order's policy says so: once, and what is really left. */
export async function carryOutPolicies(rooms: RepairRooms): Promise<LogFields> {
  const claimed = await rooms.store.exceptions.claim(mostAtOnce)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let closed = 0
  for (const exception of claimed.value) {
    const ending = await isolate(exception.id, rooms.log, () => giveBack(exception, {}, rooms))
    if (ending === null) continue
    await note(exception, ending, rooms)
    if (ending.kind === 'closed') closed += 1
  }
  return { claimed: claimed.value.length, closed }
}

async function note(exception: Exception, ending: Ending, rooms: RepairRooms): Promise<void> {
  const { exceptions } = rooms.store
  const { id, tries } = exception
  const { kind, outcome } = ending
  rooms.log('policy_carried_out', { id, kind, outcome })
  if (kind === 'closed') {
    await exceptions.close(exception, outcome)
    return
  }
  const isOver = kind === 'person' || (outcome === 'cancel_refused' && tries + 1 >= mostTries)
  const pauseMs = firstPauseMs * 2 ** Math.min(tries, 8)
  const dueAt = isOver ? null : new Date(rooms.now().getTime() + pauseMs)
  await exceptions.postpone(exception, outcome, dueAt)
}
