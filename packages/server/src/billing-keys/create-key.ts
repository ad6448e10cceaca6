import {
  type Allowance,
  alwaysCharges,
  fail,
  isChargingWindow,
  type MerchantUid,
  ok,
  type Policy,
  parseMoney,
  type Result,
  toAmount,
} from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { BillingKey, BillingKeyFailure, RequestedKey } from '../domain/billing-key.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { createOrder } from '../orders/create-order.ts'
import { toRequestedOrder } from '../orders/requested-order.ts'
import { drawCustomerUid, drawRegistrationId } from './draw-ids.ts'
import { toPg } from './expected-key.ts'
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
  const replaced = await checkReplaced(request, deps)
  if (!replaced.ok) return replaced
  const existing = toExisting(request, requested.value)
  if (!existing.ok) return existing
  if (existing.value !== null) return registerExistingKey(existing.value, deps)
  const orderUid = await createItsOrder(request, requested.value, deps)
  if (!orderUid.ok) return orderUid
  return deps.store.billingKeys.create({
    registrationId: drawRegistrationId(),
    customerUid: drawCustomerUid(),
    customerId: request.customer_id,
    mode: deps.config.mode,
    requested: requested.value,
    orderUid: orderUid.value,
    replaces: request.replaces ?? null,
  })
}

/** Null where a key is to be issued: its id is drawn here. */
function toExisting(
  { method, customer_uid: customerUid, customer_id, replaces, order }: KeyRequest,
  requested: RequestedKey,
): Result<ExistingKey | null, OrderFailure> {
  const isExisting = method === 'existing'
  if (isExisting !== (customerUid !== undefined)) {
    return fail({ reason: 'request_invalid', field: 'customer_uid' })
  }
  if (customerUid === undefined) return ok(null)
  if (order !== undefined) return fail({ reason: 'request_invalid', field: 'order' })
  return ok({ customerUid, customerId: customer_id, requested, replaces: replaces ?? null })
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

/** The key that is replaced must be a key of the same customer. */
async function checkReplaced(
  { replaces, customer_id }: KeyRequest,
  { store, config }: Deps,
): Promise<Result<null, BillingKeyFailure | OrderFailure>> {
  if (replaces === undefined) return ok(null)
  const found = await store.billingKeys.findByKey(replaces)
  if (!found.ok) return found
  const key = found.value
  if (key === null || key.mode !== config.mode) return fail({ reason: 'billing_key_unknown' })
  if (key.customerId !== customer_id) return fail({ reason: 'billing_key_of_another_customer' })
  return key.state === 'registered' ? ok(null) : fail({ reason: 'billing_key_not_registered' })
}

async function createItsOrder(
  { order }: KeyRequest,
  { amount, name }: RequestedKey,
  deps: Deps,
): Promise<Result<MerchantUid | null, OrderFailure>> {
  if (order === undefined) return ok(null)
  const { currency } = amount
  const allowances: readonly Allowance[] = ['billing_key_charge']
  const given = { merchantUid: order.merchant_uid, amount: toAmount(amount), currency, allowances }
  const requested = toRequestedOrder({ ...given, name: name ?? undefined, policy: order.policy })
  if (!requested.ok) return requested
  const created = await createOrder(requested.value, deps)
  return created.ok ? ok(created.value.order.merchantUid) : created
}
