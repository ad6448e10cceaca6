import type { RepairRooms } from '../deps.ts'
import type { Cancel, CancelState } from '../domain/cancel.ts'
import type { LogFields } from '../log.ts'
import { lookFor } from '../payments/cancel-outcome.ts'
import type { Trace } from '../payments/find-cancel.ts'
import { isolate } from './isolate-errors.ts'

const mostAtOnce = 50
/** A cancel that no record shows after that did not take place, and may be asked for again. */
const doubtMs = 10 * 60_000

/** Finds out what became of cancels that were left open: by looking, never by asking for them again. */
export async function resolveCancels(rooms: RepairRooms): Promise<LogFields> {
  const { cancels } = rooms.store
  const claimed = await cancels.claim(mostAtOnce)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let settled = 0
  for (const each of claimed.value) {
    const state = await isolate(each.impUid, rooms.log, () => resolve(each, rooms))
    if (state === 'confirmed' || state === 'refused') settled += 1
  }
  return { claimed: claimed.value.length, settled }
}

async function resolve(cancel: Cancel, rooms: RepairRooms): Promise<CancelState> {
  const order = await rooms.store.orders.find(cancel.merchantUid)
  if (!order.ok && order.failure.reason !== 'order_unknown') return cancel.state
  const { trace } = await lookFor(cancel, order.ok ? order.value : null, rooms)
  const { state, detail } = judge(cancel, trace, rooms.now())
  const noted = await rooms.store.cancels.settle(cancel, state, detail)
  return noted.ok ? state : cancel.state
}

function judge(
  { state, detail, requestedAt }: Cancel,
  trace: Trace,
  now: Date,
): { readonly state: CancelState; readonly detail: string | null } {
  switch (trace) {
    case 'applied':
      return { state: 'confirmed', detail: null }
    case 'overtaken':
      return { state: 'refused', detail: 'another cancel took place first' }
    case 'unreadable':
      return { state, detail }
    case 'absent': {
      // Some providers finish days later what they said yes to.
      const isAccepted = state === 'requested' && detail === 'accepted'
      if (isAccepted || now.getTime() - requestedAt.getTime() < doubtMs) return { state, detail }
      return { state: 'refused', detail: 'it did not take place' }
    }
  }
}
