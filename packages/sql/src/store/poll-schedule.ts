import { type MerchantUid, ok } from '@quayside/core'
import type { PollSchedule } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver, Scalar, Statement } from '../driver.ts'
import { rowsAt, runOnce, runTwice } from '../transaction.ts'
import { claimStatements, jobLeaseMs } from './leases.ts'

export function createPollSchedule(
  driver: Driver,
  { polls }: Dialect,
  now: () => Date,
): PollSchedule {
  return {
    async claim(limit) {
      const at = now().getTime()
      const end = at + jobLeaseMs
      const texts = polls.claimDue
      const outcomes = await runOnce(
        driver,
        claimStatements(texts, [at, end, limit], end, ['merchant_uid']),
      )
      if (!outcomes.ok) return outcomes
      const rows = rowsAt<{ merchant_uid: MerchantUid }>(outcomes.value, 0)
      return ok(rows.map((row) => row.merchant_uid))
    },
    async plan(planned) {
      // PostgreSQL refuses a list that writes one row twice; the last plan of an order counts. Sorted, so that two
      // callers lock the rows of the orders that both plan in one order.
      const plans = [...new Map(planned.map((poll) => [poll.merchantUid, poll.dueAt]))].toSorted(
        ([a], [b]) => (a < b ? -1 : 1),
      )
      const next: readonly (readonly Scalar[])[] = plans.flatMap(([merchantUid, dueAt]) =>
        dueAt === null ? [] : [[merchantUid, dueAt.getTime()]],
      )
      const finished = plans.flatMap(([merchantUid, dueAt]) =>
        dueAt === null ? [merchantUid] : [],
      )
      const statements: readonly Statement[] = [
        ...(next.length === 0 ? [] : [{ text: polls.upsertMany, values: [next] }]),
        ...(finished.length === 0 ? [] : [{ text: polls.deleteMany, values: [finished] }]),
      ]
      if (statements.length === 0) return ok(null)
      const outcomes = await runTwice(driver, statements)
      return outcomes.ok ? ok(null) : outcomes
    },
  }
}
