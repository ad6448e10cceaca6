import type { Checkpoint, History } from './history.ts'
import {
  checkInTime,
  checkLeases,
  checkMoney,
  checkOnePaymentPerOrder,
  checkRefusal,
  checkReportedBeforeRefund,
} from './money.ts'
import {
  checkAccounts,
  checkCaughtUp,
  checkEvents,
  checkFulfilled,
  checkJustified,
  checkMerchant,
} from './order-status.ts'
import { checkResponse } from './responses.ts'
import { checkSecrets } from './secrets.ts'

/** Finds the invariants that a schedule broke; an empty list when none. */
export function checkInvariants(history: History, checkpoint: Checkpoint): string[] {
  const violations: string[] = []
  for (const order of history.orders) {
    checkFulfilled(order, history, violations)
    checkCaughtUp(order, history, checkpoint, violations)
  }
  // The events and rows of the first two minutes are checked after the daily sweep.
  if (checkpoint === 'minutes') return violations
  for (const order of history.orders) {
    const events = history.events.filter((each) => each.merchant_uid === order.merchant_uid)
    checkEvents(order, events, violations)
    checkJustified(order, events, history, violations)
    checkAccounts(order, events, history, violations)
    checkMerchant(order, history, violations)
  }
  checkOnePaymentPerOrder(history, violations)
  for (const payment of history.payments) checkMoney(payment, history, violations)
  for (const row of history.attempts) {
    checkRefusal(row, history, violations)
    checkInTime(row, history, violations)
    checkReportedBeforeRefund(row, history, violations)
  }
  for (const response of history.responses) checkResponse(response, history, violations)
  checkLeases(history.leases, violations)
  checkSecrets(history, violations)
  if (history.unfinishedTasks > 0)
    violations.push(`I15 ${history.unfinishedTasks} task(s) neither ended nor crashed`)
  return violations
}
