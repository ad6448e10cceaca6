import { isProviderAddress } from './caller.ts'
import { toNetwork } from './network.ts'
import { both, createTokenBuckets, type TokenBucket, unlimited } from './token-bucket.ts'

/** What the limit needs. */
export interface ConfirmLimitDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Returns the address that sent a request; null when it is not known. */
  readonly clientAddress: (request: Request) => string | null
}

const answersPerOrder = 10
const answersPerNetwork = 60
const maxBuckets = 5_000

/**
 * Limits the requests for approval (`confirm_url`) that are answered from their order, in one process: the answer shows
 * whether an order is open and has this amount. The provider's addresses have no limit. Any other network gets ten answers a
 * minute for an order, and sixty for all orders; it does not spend the answers of another, so nobody can prevent a payment.
 *
 * @returns The tokens for the answers to a request that names this order.
 */
export function createConfirmLimit({
  now,
  clientAddress,
}: ConfirmLimitDeps): (request: Request, merchantUid: string) => TokenBucket {
  const ofOrders = createTokenBuckets(answersPerOrder, maxBuckets, now)
  const ofNetworks = createTokenBuckets(answersPerNetwork, maxBuckets, now)
  return (request, merchantUid) => {
    const address = clientAddress(request)
    if (isProviderAddress(address)) return unlimited
    // Without addresses the provider cannot be distinguished: only the order counts.
    if (address === null) return ofOrders(merchantUid)
    const network = toNetwork(address)
    return both(ofOrders(`${network} ${merchantUid}`), ofNetworks(network))
  }
}
