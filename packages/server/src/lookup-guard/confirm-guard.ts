import type { ConfirmGuard } from '@quayside/hono'
import { isProviderAddress } from './caller.ts'
import { toNetwork } from './network.ts'
import { both, createTokenBuckets } from './token-bucket.ts'

/** What the confirm guard needs. */
export interface ConfirmGuardDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Returns the address that sent a request; null when it is not known. */
  readonly clientAddress: (request: Request) => string | null
}

const answersPerOrder = 10
const answersPerNetwork = 60
const maxBuckets = 5_000

/**
 * Makes the confirm guard of one process. The provider's addresses have no limit. Any other network gets ten answers a
 * minute for an order, and sixty for all orders; it does not spend the answers of another, so nobody can prevent a payment.
 */
export function createConfirmGuard({ now, clientAddress }: ConfirmGuardDeps): ConfirmGuard {
  const ofOrders = createTokenBuckets(answersPerOrder, maxBuckets, now)
  const ofNetworks = createTokenBuckets(answersPerNetwork, maxBuckets, now)
  return ({ request, confirm: { merchantUid } }) => {
    const address = clientAddress(request)
    if (isProviderAddress(address)) return true
    // Without addresses the provider cannot be distinguished: only the order counts.
    if (address === null) return ofOrders(merchantUid).take()
    const network = toNetwork(address)
    return both(ofOrders(`${network} ${merchantUid}`), ofNetworks(network)).take()
  }
}
