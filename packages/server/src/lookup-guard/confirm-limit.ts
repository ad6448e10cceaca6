import { isProviderAddress } from './caller.ts'
import { toNetwork } from './network.ts'
import { createTokenBuckets } from './token-bucket.ts'

/**
 * Whether a request for approval (`confirm_url`) may be answered from its order. The answer shows whether the order is open
 * and has this amount, so a stranger gets few of them.
 *
 * @param request The request, for its address.
 * @param merchantUid The order that it names.
 */
export type ConfirmLimit = (request: Request, merchantUid: string) => boolean

/** What the limit needs. */
export interface ConfirmLimitDeps {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Returns the address that sent a request; null when it is not known. */
  readonly clientAddress: (request: Request) => string | null
}

const answersPerOrderAndMinute = 10
const answersPerMinute = 60
const maxBuckets = 5_000

/**
 * Makes the limit of one process: the provider's addresses have none. Any other network gets ten answers a minute for an
 * order, and sixty for all orders. A network does not spend the answers of another, so nobody can prevent a payment.
 */
export function createConfirmLimit({ now, clientAddress }: ConfirmLimitDeps): ConfirmLimit {
  const ofOrders = createTokenBuckets(answersPerOrderAndMinute, maxBuckets, now)
  const ofNetworks = createTokenBuckets(answersPerMinute, maxBuckets, now)
  return (request, merchantUid) => {
    const address = clientAddress(request)
    if (isProviderAddress(address)) return true
    // Without addresses the provider cannot be distinguished: only the order counts.
    if (address === null) return ofOrders(merchantUid).take()
    const network = toNetwork(address)
    return ofOrders(`${network} ${merchantUid}`).take() && ofNetworks(network).take()
  }
}
