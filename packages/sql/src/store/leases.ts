import { ok, type Result, type StoreFailure } from '@quayside/core'
import type { Claim } from '../dialect.ts'
import type { Driver, Scalar } from '../driver.ts'
import { rowsAt, runOnce } from '../transaction.ts'

/** A try to deliver takes ten seconds at most; after this time its process has died. */
export const deliveryLeaseMs = 30_000

/** Shorter than the minute between two runs: what one run did not finish is due in the next. */
export const jobLeaseMs = 50_000

/** The buyer needs some time in the payment window, and the webhook is faster than a poll. */
export const firstPollMs = 30_000

/**
 * Leases due rows. Not repeated when its response is lost: the rows are due again when the lease ends.
 *
 * @param now When the lease begins.
 * @param ms How long it lasts.
 * @param last What the first statement binds beside the begin and the end of the lease.
 */
export async function leaseRows<R, T>(
  driver: Driver,
  claim: Claim,
  now: Date,
  ms: number,
  last: Scalar,
  toValue: (row: R) => T,
): Promise<Result<readonly T[], StoreFailure>> {
  const at = now.getTime()
  const end = at + ms
  const outcomes = await runOnce(driver, claim([at, end, last], end))
  return outcomes.ok ? ok(rowsAt<R>(outcomes.value, 0).map(toValue)) : outcomes
}
