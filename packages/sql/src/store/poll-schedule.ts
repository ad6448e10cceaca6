import { type MerchantUid, ok } from '@quayside/core'
import type { PollSchedule } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver, Scalar, Statement } from '../driver.ts'
import { write } from '../transaction.ts'
import { jobLeaseMs, leaseRows } from './leases.ts'

export function createPollSchedule(
  driver: Driver,
  { polls }: Dialect,
  now: () => Date,
): PollSchedule {
  return {
    claim: (limit) => leaseRows(driver, polls.claimDue, now(), jobLeaseMs, limit, toMerchantUid),
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
      return statements.length === 0 ? ok(null) : write(driver, statements)
    },
  }
}

function toMerchantUid({ merchant_uid }: { readonly merchant_uid: MerchantUid }): MerchantUid {
  return merchant_uid
}
