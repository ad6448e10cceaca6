import { type ClientFailure, tiers } from '@quayside/client'
import { fail, type Payee, type Result } from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { readPayee, toPayee } from '../domain/payee.ts'
import { findUnknownPayee, toDepsOf } from '../payees.ts'
import type { CreatedOrder } from '../ports/orders.ts'
import { registerAmount } from './register-amount.ts'
import { isSameOrder, type RequestedOrder } from './requested-order.ts'

/**
 * Creates an order, or returns the one that exists with the same values. Its amount is registered with the provider
 * first; when that fails the order stays, and the same request tries again.
 */
export async function createOrder(
  requested: RequestedOrder,
  deps: Deps,
): Promise<Result<CreatedOrder, OrderFailure>> {
  const { store, log } = deps
  const { expected, name, shares, naverProducts } = requested
  const unknown = findUnknownPayee(expected.payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const created = await store.orders.create(expected, name, shares, naverProducts)
  if (!created.ok) return created
  if (created.value.order.payee !== expected.payee) return fail({ reason: 'order_of_other_payee' })
  if (!isSameOrder(created.value, requested)) return fail({ reason: 'order_conflict' })
  if (created.value.preparedAt !== null || created.value.order.status !== 'pending') return created

  const registered = await registerAmount(
    created.value.order,
    toDepsOf(expected.payee, deps).client,
  )
  if (!registered.ok) {
    const { merchantUid, payee } = expected
    const { failure: cause } = registered
    log('amount_not_registered', { merchantUid, reason: cause.reason })
    return fail(await explain(cause, payee, deps))
  }
  const marked = await store.orders.markPrepared(expected.merchantUid)
  return marked.ok ? created : marked
}

/**
 * Explains why an amount was not registered. Only `GET /tiers` documents how the provider names a tier that it does not
 * know, so it is asked when the call for a tier was refused.
 */
async function explain(
  cause: ClientFailure,
  payee: Payee | undefined,
  deps: Deps,
): Promise<OrderFailure> {
  const { account, tier } = readPayee(payee)
  const isRefused = ['unauthorized', 'not_found', 'refused'].includes(cause.reason)
  if (tier !== null && isRefused) {
    const { client } = toDepsOf(toPayee({ account, tier: null }), deps)
    const found = await client.call(tiers.get, { tier_code: tier })
    if (!found.ok && found.failure.reason === 'not_found') {
      return { reason: 'tier_unknown_to_provider', detail: `tier is ${tier}` }
    }
  }
  const isUnauthorized = cause.reason === 'unauthorized'
  return { reason: isUnauthorized ? 'provider_refused_us' : 'provider_unavailable', cause }
}
