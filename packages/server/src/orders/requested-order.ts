import {
  type Allowance,
  type ExpectedChannel,
  type ExpectedOrder,
  fail,
  isRegistrationId,
  isSameMoney,
  type MerchantUid,
  type Money,
  ok,
  type Policy,
  parseAttemptId,
  parseMerchantUid,
  parseMoney,
  type Result,
} from '@quayside/core'
import type { OrderFailure } from '../domain/failure.ts'
import type { NaverProducts } from '../domain/naver-product.ts'
import { toNamedPayee } from '../domain/payee.ts'
import type { OrderRequest } from '../domain/requests.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import type { TaxShares } from '../domain/tax-shares.ts'
import { isVerificationId } from '../identity-verifications/verification-id.ts'

/** An order whose creation was requested, with every value of it checked. */
export interface RequestedOrder {
  /** What the merchant expects to be paid. */
  readonly expected: ExpectedOrder & { readonly policy: Policy }
  /** What the merchant calls it; null without a name. */
  readonly name: string | null
  /** Which parts of the amount are taxed in their own way. */
  readonly shares: TaxShares
  /** The product lines for Naver Pay; null without any. */
  readonly naverProducts: NaverProducts | null
}

/** A value of a request is invalid; `field` is its name in the request. */
export type RequestInvalid = Extract<OrderFailure, { readonly reason: 'request_invalid' }>

/** Whether an id has the shape of those that the server gives: a notice with it is looked for among others first. */
function isReserved(merchantUid: MerchantUid): boolean {
  return (
    isRegistrationId(merchantUid) ||
    isVerificationId(merchantUid) ||
    parseAttemptId(merchantUid) !== null
  )
}

/**
 * Checks what is requested. Fails with `request_invalid` for an id, an amount or a currency outside its grammar, and for an
 * id that the server gives itself.
 */
export function toRequestedOrder(request: OrderRequest): Result<RequestedOrder, RequestInvalid> {
  const merchantUid = parseMerchantUid(request.merchantUid)
  if (!merchantUid.ok || isReserved(merchantUid.value)) {
    return fail({ reason: 'request_invalid', field: 'merchant_uid' })
  }
  const amount = parseMoney(request.amount, request.currency)
  if (!amount.ok) {
    const field = amount.failure.reason === 'currency_unknown' ? 'currency' : 'amount'
    return fail({ reason: 'request_invalid', field })
  }
  const shares = toShares(request, amount.value)
  if (!shares.ok) return shares
  const allowances: readonly Allowance[] = [...new Set(request.allowances)].sort()
  const { late = 'report', unmatched = 'report' } = request.policy ?? {}
  const policy: Policy = { late, unmatched }
  const channel = toChannel(request)
  const payee = toNamedPayee(request)
  const expected = {
    merchantUid: merchantUid.value,
    amount: amount.value,
    allowances,
    policy,
    ...(channel === undefined ? {} : { channel }),
    ...(payee === undefined ? {} : { payee }),
  }
  const { name = null, naverProducts = null } = request
  return ok({ expected, name, shares: shares.value, naverProducts })
}

/** Two requests for the same channel are the same, whatever the order of its methods. */
function toChannel({ expected_channel }: OrderRequest): ExpectedChannel | undefined {
  if (expected_channel === undefined) return undefined
  const { pg_provider: pgProvider = null, pay_methods = [] } = expected_channel
  return { pgProvider, payMethods: [...new Set(pay_methods)].sort() }
}

function isSameChannel(one?: ExpectedChannel, other?: ExpectedChannel): boolean {
  return (
    one?.pgProvider === other?.pgProvider && one?.payMethods.join() === other?.payMethods.join()
  )
}

/** The schema puts the members of a line into one order, and JSON keeps it. */
function isSameProducts(one: NaverProducts | null, other: NaverProducts | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The parts are at most the amount, together. */
function toShares(
  { tax_free, vat_amount }: OrderRequest,
  amount: Money,
): Result<TaxShares, RequestInvalid> {
  const taxFree = toShare(tax_free, amount)
  if (taxFree === 'wrong') return fail({ reason: 'request_invalid', field: 'tax_free' })
  const taxed = { ...amount, minor: amount.minor - (taxFree?.minor ?? 0) }
  const vat = toShare(vat_amount, taxed)
  if (vat === 'wrong') return fail({ reason: 'request_invalid', field: 'vat_amount' })
  return ok({ taxFree, vat })
}

function toShare(requested: number | undefined, whole: Money): Money | 'wrong' | null {
  if (requested === undefined) return null
  const share = parseMoney(requested, whole.currency)
  return share.ok && share.value.minor <= whole.minor ? share.value : 'wrong'
}

/**
 * Whether an order that exists is the one that is requested: the same amount, tax shares, channel,
 * product lines, payee, allowances, policy and name.
 *
 * @param stored The order with that id.
 * @param requested What is requested, from {@link readOrderRequest}.
 * @returns False where the request is an `order_conflict`.
 *
 * @example
 * ```ts
 * import type { CreatedOrder, RequestedOrder } from '@quayside/server'
 * import { isSameOrder } from '@quayside/server'
 *
 * const toAnswer = (created: CreatedOrder, requested: RequestedOrder) =>
 *   isSameOrder(created, requested) ? created.order.status : 'order_conflict'
 * console.log(typeof toAnswer) // function
 * ```
 */
export function isSameOrder(
  { order, name, shares, naverProducts }: StoredOrder,
  requested: RequestedOrder,
): boolean {
  const { expected, shares: requestedShares } = requested
  return (
    isSameMoney(order.amount, expected.amount) &&
    order.allowances.join() === expected.allowances.join() &&
    isSameChannel(order.channel, expected.channel) &&
    order.payee === expected.payee &&
    order.policy.late === expected.policy.late &&
    order.policy.unmatched === expected.policy.unmatched &&
    name === requested.name &&
    isSameProducts(naverProducts, requested.naverProducts) &&
    shares.taxFree?.minor === requestedShares.taxFree?.minor &&
    shares.vat?.minor === requestedShares.vat?.minor
  )
}
