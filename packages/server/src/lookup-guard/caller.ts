import type { Lookup } from '@quayside/hono'

/** Who causes a lookup. Each kind has its own rate limit, so that a flood of one kind does not block the others. */
export type Caller = 'buyer' | 'provider' | 'unknown'

/**
 * The addresses from which the provider sends webhooks, as it publishes them: for a firewall to let through. An address
 * proves nothing.
 */
export const providerAddresses: readonly string[] = ['52.78.100.19', '52.78.48.223', '52.78.5.241']

export function callerOf({ route }: Pick<Lookup, 'route'>, address: string | null): Caller {
  if (route !== 'webhook') return 'buyer'
  return isProviderAddress(address) ? 'provider' : 'unknown'
}

/**
 * Whether an address is one that the provider publishes for its webhooks.
 *
 * @param address The address that sent a request; null when it is not known.
 * @returns True for an address of the provider. It proves nothing: use it to choose limits only.
 *
 * @example
 * ```ts
 * import { isProviderAddress } from '@quayside/server'
 *
 * console.log(isProviderAddress('52.78.100.19'), isProviderAddress(null)) // true false
 * ```
 */
export function isProviderAddress(address: string | null): boolean {
  return address !== null && providerAddresses.includes(address)
}
