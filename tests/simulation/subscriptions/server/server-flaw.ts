import { ok } from '../../../../packages/core/src/index.ts'
import { type BillingKeys, toKeyOf, toPayee } from '../../../../packages/server/src/index.ts'
import { second } from './accounts.ts'

/** A server that is wrong on purpose. */
export interface ServerFlaw {
  /** Payments are looked up in the first account, whatever account they are of. */
  readonly looksUpInFirst?: boolean
  /** The keys that a customer has in the other account are charged. */
  readonly chargesKeysOfOther?: boolean
  /** The keys of a customer are kept after they were read, as a cache would, until time passes. */
  readonly keepsKeys?: boolean
}

/** Reads the keys that may be charged as a server with the flaw does. */
export function withFlaw(
  billingKeys: BillingKeys,
  { chargesKeysOfOther = false, keepsKeys = false }: ServerFlaw,
  now: () => Date,
): BillingKeys {
  if (chargesKeysOfOther) {
    return {
      ...billingKeys,
      async usableKeys(customerId, mode, payee) {
        const other =
          payee === undefined ? toPayee({ account: second.name, tier: null }) : undefined
        const keys = await billingKeys.usableKeys(customerId, mode, other)
        return keys.ok ? ok(keys.value.map((key) => toKeyOf(toProviderKey(key), payee))) : keys
      },
    }
  }
  if (!keepsKeys) return billingKeys
  const kept = new Map<string, ReturnType<BillingKeys['usableKeys']>>()
  return {
    ...billingKeys,
    usableKeys(customerId, mode, payee) {
      const place = JSON.stringify([customerId, payee, now()])
      const keys = kept.get(place) ?? billingKeys.usableKeys(customerId, mode, payee)
      kept.set(place, keys)
      return keys
    },
  }
}

/** The provider's `customer_uid` of a key, which the server calls by its account as well. */
function toProviderKey(key: string): string {
  return key.replace(/~.*$/, '')
}
