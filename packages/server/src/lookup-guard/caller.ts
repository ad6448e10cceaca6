import type { Lookup } from '@quayside/hono'

/** Who knocks. Each kind has its own budget, so that a flood of one leaves the others their share. */
export type Caller = 'buyer' | 'provider' | 'stranger'

// As the provider publishes them. An address proves nothing: it only decides whose budget is used.
const providerAddresses = ['52.78.100.19', '52.78.48.223', '52.78.5.241']

export function callerOf({ door, request }: Pick<Lookup, 'door' | 'request'>): Caller {
  if (door !== 'webhook') return 'buyer'
  return isProvider(request) ? 'provider' : 'stranger'
}

/** Whether Cloudflare says that a request came from one of the provider's addresses. */
export function isProvider(request: Request): boolean {
  return providerAddresses.includes(request.headers.get('CF-Connecting-IP') ?? '')
}
