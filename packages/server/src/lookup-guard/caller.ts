import type { Lookup } from '@quayside/hono'

/** Who knocks. Each kind has its own budget, so that a flood of one leaves the others their share. */
export type Caller = 'buyer' | 'provider' | 'unknown'

// As the provider publishes them. An address proves nothing: it only decides whose budget is used.
const providerAddresses = ['52.78.100.19', '52.78.48.223', '52.78.5.241']

export function callerOf({ route }: Pick<Lookup, 'route'>, address: string | null): Caller {
  if (route !== 'webhook') return 'buyer'
  return isProviderAddress(address) ? 'provider' : 'unknown'
}

/** Whether an address is one that the provider publishes for its webhooks. */
export function isProviderAddress(address: string | null): boolean {
  return address !== null && providerAddresses.includes(address)
}
