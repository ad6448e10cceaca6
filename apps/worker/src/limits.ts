import type { RunLimits } from '@quayside/server'

// Cloudflare limits what one invocation may do: https://developers.cloudflare.com/d1/platform/limits/ and
// https://developers.cloudflare.com/workers/platform/limits/. Something is kept back: a statement whose response is lost
// is repeated, and the provider's token is renewed. The jobs count repeated requests themselves.
const connections = 6
const plans: Readonly<Record<string, RunLimits>> = {
  free: { storeCalls: 48, requests: 46, connections },
  paid: { storeCalls: 950, requests: 950, connections },
}

/**
 * Returns the limits of one invocation on the account's plan, `PLAN`.
 *
 * @param plan The setting; without it those of the free plan, which hold on any plan.
 * @returns The limits; null for a plan that does not exist.
 */
export function readLimits(plan: unknown = 'free'): RunLimits | null {
  return typeof plan === 'string' && Object.hasOwn(plans, plan) ? (plans[plan] ?? null) : null
}
