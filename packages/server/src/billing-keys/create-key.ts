import {
  type Allowance,
  alwaysCharges,
  fail,
  isChargingWindow,
  type MerchantUid,
  ok,
  type Payee,
  type Policy,
  parseMoney,
  type Result,
  toAmount,
} from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { BillingKey, BillingKeyFailure, RequestedKey } from '../domain/billing-key.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { readPayee, toKeyOf } from '../domain/payee.ts'
import { createOrder } from '../orders/create-order.ts'
import { toRequestedOrder } from '../orders/requested-order.ts'
import { toKnownPayee } from '../payees.ts'
import { drawCustomerUid, drawRegistrationId } from './draw-ids.ts'
import { toPg } from './expected-key.ts'
import { findKey } from './find-key.ts'
import { type ExistingKey, registerExistingKey } from './register-existing-key.ts'

/** A registration to begin. */
export interface KeyRequest {
  readonly customer_id: string
  readonly method: RequestedKey['method']
  /** The key that exists already. */
  readonly customer_uid?: string | undefined
  readonly pg?: string | undefined
  readonly channel_key?: string | undefined
  readonly pay_method?: string | undefined
  readonly amount?: number | undefined
  readonly currency?: string | undefined
  readonly name?: string | undefined
  /** The `customer_uid` of the key that it replaces. */
  readonly replaces?: string | undefined
  /** Whose key it is to be; left out for the account of `IMP_KEY`. */
  readonly account?: string | undefined
  readonly tier?: string | undefined
  /** The order that the same window charges. */
  readonly order?:
    | {
        readonly merchant_uid: string
        readonly policy?: { readonly [Name in keyof Policy]?: Policy[Name] | undefined } | undefined
      }
    | undefined
}

/**
 * Begins the registration of a means of payment. With an order, its window charges the order and issues the key: the order
 * is created as `POST /orders` would, and completed as any other.
 */
export async function createKey(
  request: KeyRequest,
  deps: Deps,
): Promise<Result<BillingKey, BillingKeyFailure | OrderFailure>> {
  const requested = toRequested(request)
  if (!requested.ok) return requested
  const named = toKnownPayee(request, deps)
  if (!named.ok) return named
  const payee = named.value
  const replaced = await findReplaced(request, payee, deps)
  if (!replaced.ok) return replaced
  const existing = toExisting(request, requested.value, replaced.value, payee)
  if (!existing.ok) return existing
  if (existing.value !== null) return registerExistingKey(existing.value, deps)
  const orderUid = await createItsOrder(request, requested.value, payee, deps)
  if (!orderUid.ok) return orderUid
  return deps.store.billingKeys.create({
    registrationId: drawRegistrationId(),
    customerUid: toKeyOf(drawCustomerUid(), payee),
    customerId: request.customer_id,
    mode: deps.config.mode,
    requested: requested.value,
    orderUid: orderUid.value,
    replaces: replaced.value,
    ...(payee === undefined ? {} : { payee }),
  })
}

/** Null where a key is to be issued: its id is drawn here. */
function toExisting(
  { method, customer_uid: customerUid, customer_id, order }: KeyRequest,
  requested: RequestedKey,
  replaces: string | null,
  payee: Payee | undefined,
): Result<ExistingKey | null, OrderFailure> {
  const isExisting = method === 'existing'
  if (isExisting !== (customerUid !== undefined)) {
    return fail({ reason: 'request_invalid', field: 'customer_uid' })
  }
  if (customerUid === undefined) return ok(null)
  if (order !== undefined) return fail({ reason: 'request_invalid', field: 'order' })
  return ok({
    customerUid: toKeyOf(customerUid, payee),
    customerId: customer_id,
    requested,
    replaces,
    ...(payee === undefined ? {} : { payee }),
  })
}

function toRequested(request: KeyRequest): Result<RequestedKey, BillingKeyFailure | OrderFailure> {
  const { method, pg = null, channel_key: channelKey = null, currency = 'KRW', order } = request
  const given = request.amount ?? 0
  const amount = parseMoney(given, currency)
  if (!amount.ok) {
    const field = amount.failure.reason === 'currency_unknown' ? 'currency' : 'amount'
    return fail({ reason: 'request_invalid', field })
  }
  const payMethod = request.pay_method ?? null
  const requested = {
    method,
    pg,
    channelKey,
    payMethod,
    amount: amount.value,
    name: request.name ?? null,
  }
  if (method === 'existing') return ok(requested)
  if (method === 'card') {
    if (channelKey === null) return fail({ reason: 'request_invalid', field: 'channel_key' })
    return order === undefined ? ok(requested) : fail({ reason: 'charge_unsupported' })
  }
  const { pgProvider } = toPg({ pg })
  // Whether the window charges depends on the PG.
  const isUnclear = pgProvider === null && (given > 0 || order !== undefined || channelKey === null)
  if (isUnclear) return fail({ reason: 'request_invalid', field: 'pg' })
  const window = { pgProvider, payMethod: payMethod ?? 'card' }
  if (order === undefined) {
    const mustHaveOrder = alwaysCharges(window) || (given > 0 && isChargingWindow(window))
    return mustHaveOrder ? fail({ reason: 'order_required' }) : ok(requested)
  }
  return isChargingWindow(window) ? ok(requested) : fail({ reason: 'charge_unsupported' })
}

/** The key that is replaced must be a key of the same customer with the same payee. Null without one. */
async function findReplaced(
  { replaces, customer_id }: KeyRequest,
  payee: Payee | undefined,
  deps: Deps,
): Promise<Result<string | null, BillingKeyFailure | OrderFailure>> {
  if (replaces === undefined) return ok(null)
  const found = await findKey(replaces, payee, deps)
  if (!found.ok) return found
  const { customerId, customerUid, state } = found.value
  if (customerId !== customer_id) return fail({ reason: 'billing_key_of_another_customer' })
  return state === 'registered' ? ok(customerUid) : fail({ reason: 'billing_key_not_registered' })
}

async function createItsOrder(
  { order }: KeyRequest,
  { amount, name }: RequestedKey,
  payee: Payee | undefined,
  deps: Deps,
): Promise<Result<MerchantUid | null, OrderFailure>> {
  if (order === undefined) return ok(null)
  const { currency } = amount
  const allowances: readonly Allowance[] = ['billing_key_charge']
  const given = { merchantUid: order.merchant_uid, amount: toAmount(amount), currency, allowances }
  const { account, tier } = readPayee(payee)
  const requested = toRequestedOrder({
    ...given,
    name: name ?? undefined,
    policy: order.policy,
    account: account ?? undefined,
    tier: tier ?? undefined,
  })
  if (!requested.ok) return requested
  const created = await createOrder(requested.value, deps)
  return created.ok ? ok(created.value.order.merchantUid) : created
}
