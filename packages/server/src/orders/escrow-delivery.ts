import { type ClientFailure, escrow } from '@quayside/client'
import { fail, type ImpUid, type MerchantUid, ok, type Result } from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { isPaid } from '../domain/status.ts'
import { findUnknownPayee } from '../payees.ts'
import { fromClientFailure } from '../payments/order-failure.ts'

/** A delivery to register (배송 등록), without the payment. */
export type EscrowDeliveryRequest = Omit<escrow.RegisterParams, 'imp_uid'>

/** What of a registered delivery may be changed, without the payment. */
export type EscrowDeliveryChange = Omit<EscrowDeliveryRequest, 'send_email'>

/** A delivery as the provider has it, and whether this request registered it. */
export interface RegisteredDelivery {
  readonly delivery: escrow.Delivery
  readonly isNew: boolean
}

/**
 * Registers the delivery of an order that was paid in escrow, or returns the one that is registered if it is the same parcel.
 * Sender and receiver are neither stored nor logged.
 */
export async function registerEscrowDelivery(
  merchantUid: MerchantUid,
  request: EscrowDeliveryRequest,
  deps: Deps,
): Promise<Result<RegisteredDelivery, OrderFailure>> {
  const payment = await findPaid(merchantUid, deps)
  if (!payment.ok) return payment
  const imp_uid = payment.value
  const posted = await deps.client.call(escrow.post, { imp_uid, ...request })
  if (posted.ok) return ok({ delivery: posted.value, isNew: true })
  const { failure } = posted
  const same = await findSame(imp_uid, request, failure, deps)
  return same.ok ? ok({ delivery: same.value, isNew: failure.reason === 'outcome_unknown' }) : same
}

/**
 * Changes the delivery that is registered, for instance its tracking number. After a lost response the same request may be
 * sent again: it writes the same once more. Sender and receiver are neither stored nor logged.
 */
export async function changeEscrowDelivery(
  merchantUid: MerchantUid,
  request: EscrowDeliveryChange,
  deps: Deps,
): Promise<Result<escrow.Delivery, OrderFailure>> {
  const payment = await findPaid(merchantUid, deps)
  if (!payment.ok) return payment
  const imp_uid = payment.value
  const changed = await deps.client.call(escrow.put, { imp_uid, ...request })
  return changed.ok ? changed : fail(toFailure(changed.failure))
}

/** Reads the delivery that is registered for an order from the provider. */
export async function readEscrowDelivery(
  merchantUid: MerchantUid,
  deps: Deps,
): Promise<Result<escrow.Delivery, OrderFailure>> {
  const payment = await findPaid(merchantUid, deps)
  if (!payment.ok) return payment
  const found = await deps.client.call(escrow.get, { imp_uid: payment.value })
  if (found.ok) return found
  return isNone(found.failure)
    ? fail({ reason: 'delivery_unknown' })
    : fail(fromClientFailure(found.failure))
}

async function findPaid(
  merchantUid: MerchantUid,
  deps: Deps,
): Promise<Result<ImpUid, OrderFailure>> {
  const stored = await deps.store.orders.read(merchantUid)
  if (!stored.ok) return stored
  const { impUid, status, payee } = stored.value.order
  if (impUid === null || !isPaid(status)) return fail({ reason: 'not_paid' })
  const unknown = findUnknownPayee(payee, deps)
  return unknown === null ? ok(impUid) : fail({ reason: unknown })
}

/**
 * Returns the delivery if the provider has this parcel although it was not registered now: an earlier request did it, or this
 * one, whose response was lost.
 */
async function findSame(
  imp_uid: ImpUid,
  { logis }: EscrowDeliveryRequest,
  failure: ClientFailure,
  { client }: Deps,
): Promise<Result<escrow.Delivery, OrderFailure>> {
  const otherwise = toFailure(failure)
  if (failure.reason !== 'refused' && failure.reason !== 'outcome_unknown') return fail(otherwise)
  const found = await client.call(escrow.get, { imp_uid })
  if (!found.ok) {
    return isNone(found.failure) ? fail(otherwise) : fail(fromClientFailure(found.failure))
  }
  return found.value.invoice === logis.invoice ? found : fail(otherwise)
}

function toFailure(failure: ClientFailure): OrderFailure {
  switch (failure.reason) {
    case 'refused':
      return { reason: 'delivery_refused', detail: failure.message }
    case 'outcome_unknown':
      return { reason: 'delivery_outcome_unknown', cause: failure }
    case 'invalid_argument':
      return { reason: 'request_invalid', field: failure.parameter }
    case 'unauthorized':
    case 'not_found':
    case 'rate_limited':
    case 'server_error':
    case 'unexpected_status':
    case 'malformed_response':
    case 'timeout':
    case 'aborted':
    case 'unreachable':
      return fromClientFailure(failure)
  }
}

function isNone({ reason }: ClientFailure): boolean {
  return reason === 'refused' || reason === 'not_found'
}
