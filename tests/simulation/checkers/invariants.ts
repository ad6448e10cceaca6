import type { Evidence, Stage } from './history.ts'
import { checkHolders, checkLeases, checkMoney, checkRefusal, checkTold } from './money.ts'
import {
  checkFulfilled,
  checkHistory,
  checkJustified,
  checkNewest,
  checkShop,
} from './order-status.ts'
import { checkAnswer } from './responses.ts'
import { checkSecrets } from './secrets.ts'

/** Says which invariants a schedule broke; an empty list when none. */
export function judgeSchedule(seen: Evidence, stage: Stage): string[] {
  const broken: string[] = []
  for (const order of seen.orders) {
    checkFulfilled(order, seen, broken)
    checkNewest(order, seen, stage, broken)
  }
  // What happened before the day's sweep is still there after it.
  if (stage === 'minutes') return broken
  for (const order of seen.orders) {
    const events = seen.events.filter((each) => each.merchant_uid === order.merchant_uid)
    checkHistory(order, events, broken)
    checkJustified(order, events, seen, broken)
    checkShop(order, seen, broken)
  }
  checkHolders(seen, broken)
  for (const payment of seen.payments) checkMoney(payment, seen, broken)
  for (const row of seen.attempts) {
    checkRefusal(row, seen, broken)
    checkTold(row, seen, broken)
  }
  for (const answer of seen.answers) checkAnswer(answer, seen, broken)
  checkLeases(seen.claims, broken)
  checkSecrets(seen, broken)
  if (seen.loose > 0) broken.push(`I15 ${seen.loose} task(s) neither ended nor died`)
  return broken
}
