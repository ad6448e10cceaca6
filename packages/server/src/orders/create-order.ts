import {
  type Allowance,
  type ExpectedOrder,
  fail,
  isSameMoney,
  ok,
  type Policy,
  parseMerchantUid,
  parseMoney,
  type Result,
} from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { OrderFailure } from '../domain/failure.ts'
import type { OrderRequest } from '../domain/requests.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import type { CreatedOrder } from '../ports/orders.ts'
import { registerAmount } from './register-amount.ts'

/**
 * Creates an order, or returns the one that exists with the same values. Its amount is registered with the provider
 * first; when that fails the order stays, and the same request tries again.
 */
export async function createOrder(
  request: OrderRequest,
  { store, client, log }: Deps,
): Promise<Result<CreatedOrder, OrderFailure>> {
  const expected = toExpected(request)
  if (!expected.ok) return expected
  const name = request.name ?? null
  const created = await store.orders.create(expected.value, name)
  if (!created.ok) return created
  if (!isSame(created.value, expected.value, name)) return fail({ reason: 'order_conflict' })
  if (created.value.preparedAt !== null || created.value.order.status !== 'pending') return created

  const registered = await registerAmount(created.value.order, client)
  if (!registered.ok) {
    const { merchantUid } = expected.value
    const { failure: cause } = registered
    log('amount_not_registered', { merchantUid, reason: cause.reason })
    const isRefused = cause.reason === 'unauthorized'
    return fail({ reason: isRefused ? 'provider_refused_us' : 'provider_unavailable', cause })
  }
  const marked = await store.orders.markPrepared(expected.value.merchantUid)
  return marked.ok ? created : marked
}

type Expected = ExpectedOrder & { readonly policy: Policy }

function toExpected(request: OrderRequest): Result<Expected, OrderFailure> {
  const merchantUid = parseMerchantUid(request.merchantUid)
  if (!merchantUid.ok) return fail({ reason: 'request_invalid', field: 'merchant_uid' })
  const amount = parseMoney(request.amount, request.currency)
  if (!amount.ok) {
    const field = amount.failure.reason === 'currency_unknown' ? 'currency' : 'amount'
    return fail({ reason: 'request_invalid', field })
  }
  const allowances: readonly Allowance[] = [...new Set(request.allowances)].sort()
  const { late = 'report', unmatched = 'report' } = request.policy ?? {}
  const policy: Policy = { late, unmatched }
  return ok({ merchantUid: merchantUid.value, amount: amount.value, allowances, policy })
}

function isSame({ order, name }: StoredOrder, expected: Expected, requestedName: string | null) {
  return (
    isSameMoney(order.amount, expected.amount) &&
    order.allowances.join() === expected.allowances.join() &&
    order.policy.late === expected.policy.late &&
    order.policy.unmatched === expected.policy.unmatched &&
    name === requestedName
  )
}
