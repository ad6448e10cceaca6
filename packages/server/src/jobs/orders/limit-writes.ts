import { fail } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import type { Budget, Cost } from '../../run-budget.ts'

/** What a change may use: the order, its event, the payment or its revocation, and the order as it is then. */
const costOfChange = { storeCalls: 5 }
/** What a payment that changes no status may use: the same, and an issue with its event. */
const costOfAttempt = { storeCalls: 6 }

/** A job's dependencies whose writes of orders take their cost from the budget. */
export interface LimitedDeps {
  readonly deps: JobDeps
  /** Whether a write did not take place because the budget is spent: it is left to a later run. */
  readonly isSpent: () => boolean
}

/** Limits the writes of orders to the budget. A write that does not fit fails as if the store were unavailable. */
export function limitWrites(deps: JobDeps, budget: Budget): LimitedDeps {
  let spent = false
  const { orders } = deps.store
  const takeCost = (cost: Partial<Cost>): boolean => {
    const isTaken = budget.take(cost)
    if (!isTaken) spent = true
    return isTaken
  }
  const overBudget = fail({ reason: 'store_unavailable', cause: 'the budget is spent' } as const)
  const limited: JobDeps['store']['orders'] = {
    ...orders,
    record: async (...write) => (takeCost(costOfChange) ? orders.record(...write) : overBudget),
    recordAttempt: async (...write) =>
      takeCost(costOfAttempt) ? orders.recordAttempt(...write) : overBudget,
    expire: async (...write) => (takeCost(costOfChange) ? orders.expire(...write) : overBudget),
  }
  return {
    deps: { ...deps, store: { ...deps.store, orders: limited } },
    isSpent: () => spent,
  }
}
