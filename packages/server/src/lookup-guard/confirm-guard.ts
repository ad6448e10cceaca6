import type { ConfirmAttempt, ConfirmGuard } from '@quayside/hono'
import { isProviderAddress } from './caller.ts'
import { createTokenBuckets } from './token-bucket.ts'

/** What the confirm guard needs. */
export interface ConfirmGuardDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Returns the address that sent a request; null when it is not known. */
  readonly clientAddress: (request: Request) => string | null
}

const refusalsPerMinute = 10
const maxOrders = 5_000

/**
 * Makes the confirm guard of one process: per order, ten requests a minute may be refused. The provider's addresses and all
 * others are counted apart, so that a stranger's guesses do not stop the payment of the buyer.
 */
export function createConfirmGuard({ now, clientAddress }: ConfirmGuardDeps): ConfirmGuard {
  const buckets = createTokenBuckets(refusalsPerMinute, maxOrders, now)
  const bucketOf = ({ confirm, request }: ConfirmAttempt) => {
    const caller = isProviderAddress(clientAddress(request)) ? 'provider' : 'unknown'
    return buckets(`${caller} ${confirm.merchantUid}`)
  }
  return {
    allows: (attempt) => bucketOf(attempt).take(),
    recordOutcome(attempt, isApproved) {
      if (isApproved) bucketOf(attempt).restore()
    },
  }
}
