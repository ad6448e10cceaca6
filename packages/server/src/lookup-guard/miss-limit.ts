import type { MerchantUid } from '@quayside/core'
import type { Caller } from './caller.ts'
import { toNetwork } from './network.ts'
import { both, createTokenBucket, createTokenBuckets, type TokenBucket } from './token-bucket.ts'

const missesPerMinute = 10
/** Of notices that name no order, all senders together. */
const unnamedMissesPerMinute = 600
const maxBuckets = 5_000

/**
 * Limits the lookups that may find nothing, by kind of caller: ten a minute for an order. A notice that names no order counts
 * for the network that sent it, and for all such notices together.
 *
 * @param now Milliseconds since 1970.
 * @returns The tokens for the misses of one notice.
 */
export function createMissLimit(
  now: () => number,
): (caller: Caller, merchantUid: MerchantUid | null, address: string | null) => TokenBucket {
  const ofOrders = createTokenBuckets(missesPerMinute, maxBuckets, now)
  const ofNetworks = createTokenBuckets(missesPerMinute, maxBuckets, now)
  const unnamed = {
    buyer: createTokenBucket(unnamedMissesPerMinute, now),
    provider: createTokenBucket(unnamedMissesPerMinute, now),
    unknown: createTokenBucket(unnamedMissesPerMinute, now),
  }
  return (caller, merchantUid, address) => {
    if (merchantUid !== null) return ofOrders(`${caller} ${merchantUid}`)
    if (address === null || caller === 'provider') return unnamed[caller]
    return both(ofNetworks(`${caller} ${toNetwork(address)}`), unnamed[caller])
  }
}
