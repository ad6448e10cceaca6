import type { JobDeps } from '../../deps.ts'
import type { Cancel, CancelState } from '../../domain/cancel.ts'
import type { LogFields } from '../../log.ts'
import { readCancel } from '../../payments/cancel-outcome.ts'
import type { RecordedCancel } from '../../payments/find-cancel.ts'
import type { Budget } from '../../run-budget.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'

const batchSize = 50
/** A lookup and what is recorded of it. */
const costOfEach = { storeCalls: 8, requests: 2 }
const costOfClaim = { storeCalls: 1 }
/** A cancel that no record shows after this time did not take place, and may be sent again. */
const assumeRefusedAfterMs = 10 * 60_000

/** Resolves open cancels by reading their payments. Never sends a cancel again. */
export async function resolveCancels(deps: JobDeps, budget: Budget): Promise<LogFields> {
  const size = Math.max(1, budget.countFitting(costOfEach, batchSize))
  if (!budget.take(costOfClaim)) return { failure: 'budget_spent' }
  const { cancels } = deps.store
  const claimed = await cancels.claim(size)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let settled = 0
  for (const each of claimed.value) {
    // Due again when its lease ends.
    if (!budget.take(costOfEach)) break
    const state = await isolateErrors(each.impUid, deps.log, () => resolveOpenCancel(each, deps))
    if (state === 'confirmed' || state === 'refused') settled += 1
  }
  return { claimed: claimed.value.length, settled }
}

async function resolveOpenCancel(cancel: Cancel, deps: JobDeps): Promise<CancelState> {
  const order = await deps.store.orders.find(cancel.merchantUid)
  if (!order.ok && order.failure.reason !== 'order_unknown') return cancel.state
  const { recorded } = await readCancel(cancel, order.ok ? order.value : null, deps)
  const { state, detail } = toCancelOutcome(cancel, recorded, deps.now())
  const settled = await deps.store.cancels.settle(cancel, state, detail)
  return settled.ok ? state : cancel.state
}

function toCancelOutcome(
  { state, detail, requestedAt }: Cancel,
  recorded: RecordedCancel,
  now: Date,
): { readonly state: CancelState; readonly detail: string | null } {
  switch (recorded) {
    case 'applied':
      return { state: 'confirmed', detail: null }
    case 'superseded':
      return { state: 'refused', detail: 'another cancel took place first' }
    case 'unreadable':
      return { state, detail }
    case 'absent': {
      // Some providers carry out an accepted cancel days later.
      const isAccepted = state === 'requested' && detail === 'accepted'
      if (isAccepted || now.getTime() - requestedAt.getTime() < assumeRefusedAfterMs)
        return { state, detail }
      return { state: 'refused', detail: 'it did not take place' }
    }
  }
}
