import type { Claim } from '../dialect.ts'
import type { Row, Scalar, Statement } from '../driver.ts'

/** A try to deliver takes ten seconds at most; after this time its process has died. */
export const deliveryLeaseMs = 30_000

/** Shorter than the minute between two runs: what one run did not finish is due in the next. */
export const jobLeaseMs = 50_000

/** The buyer needs some time in the payment window, and the webhook is faster than a poll. */
export const firstPollMs = 30_000

/**
 * Returns the statements that lease due rows; the first returns them.
 *
 * @param claim The texts.
 * @param values What the first statement binds.
 * @param leaseEnd When the rows are due again.
 * @param key The columns of the primary key, which the first statement returns.
 */
export function claimStatements(
  { take, lease }: Claim,
  values: readonly Scalar[],
  leaseEnd: number,
  key: readonly string[],
): readonly Statement[] {
  const first: Statement = { text: take, values }
  if (lease === null) return [first]
  const toValues = (rows: readonly Row[]) => [
    leaseEnd,
    rows.map((row) => key.map((column) => row[column] ?? null)),
  ]
  return [first, { text: lease, values: toValues, after: first }]
}
