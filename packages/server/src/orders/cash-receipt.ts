import { type ClientFailure, receipts } from '@quayside/client'
import { fail, type ImpUid, isSameMoney, type MerchantUid, ok, type Result } from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { OrderFailure } from '../domain/failure.ts'
import type { CashReceiptRequest } from '../domain/requests.ts'
import { isPaid } from '../domain/status.ts'
import type { StoredOrder } from '../domain/stored-order.ts'
import { findUnknownPayee } from '../payees.ts'
import { toCancelParts, toCancelShares } from '../payments/cancel-shares.ts'
import { fromClientFailure } from '../payments/order-failure.ts'
import { readCancels } from '../payments/read-cancels.ts'

/** A receipt as the provider has it, and whether this request issued it. */
export interface IssuedCashReceipt {
  readonly receipt: receipts.Receipt
  readonly isNew: boolean
}

/** Reads the cash receipt of an order's payment. Fails with `receipt_unknown` without one. */
export async function readCashReceipt(
  merchantUid: MerchantUid,
  deps: Deps,
): Promise<Result<receipts.Receipt, OrderFailure>> {
  const stored = await deps.store.orders.read(merchantUid)
  if (!stored.ok) return stored
  const { impUid, payee } = stored.value.order
  if (impUid === null) return fail({ reason: 'receipt_unknown' })
  const unknown = findUnknownPayee(payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const found = await findReceipt(impUid, deps)
  if (!found.ok) return found
  return found.value === null ? fail({ reason: 'receipt_unknown' }) : ok(found.value)
}

/**
 * Issues the cash receipt of a paid order for what remains of its payment, or returns the one that it has. The recipient is
 * neither stored nor logged.
 */
export async function issueCashReceipt(
  merchantUid: MerchantUid,
  request: CashReceiptRequest,
  deps: Deps,
): Promise<Result<IssuedCashReceipt, OrderFailure>> {
  const stored = await deps.store.orders.read(merchantUid)
  if (!stored.ok) return stored
  const { order } = stored.value
  if (order.impUid === null || order.paid === null || !isPaid(order.status)) {
    return fail({ reason: 'not_paid' })
  }
  const unknown = findUnknownPayee(order.payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const parts = await toParts(stored.value, order.impUid, request, deps)
  if (!parts.ok) return parts
  const { tax_free: _taxFree, vat_amount: _vat, ...recipient } = request
  const target = { imp_uid: order.impUid, ...withoutUndefined(recipient), ...parts.value }
  const posted = await deps.client.call(receipts.post, target)
  if (posted.ok) return ok({ receipt: posted.value, isNew: true })
  const { failure } = posted
  if (!mayExist(failure)) return fail(toFailure(failure, request))

  // It had one already, or the response was lost.
  const found = await findReceipt(order.impUid, deps)
  if (!found.ok) return found
  if (found.value !== null && !isCancelled(found.value)) {
    return ok({ receipt: found.value, isNew: failure.reason === 'outcome_unknown' })
  }
  return fail(toFailure(failure, request))
}

/** Cancels the cash receipt of an order's payment, or returns the one that is cancelled. */
export async function cancelCashReceipt(
  merchantUid: MerchantUid,
  deps: Deps,
): Promise<Result<receipts.Receipt, OrderFailure>> {
  const before = await readCashReceipt(merchantUid, deps)
  if (!before.ok || isCancelled(before.value)) return before
  const { imp_uid } = before.value
  const removed = await deps.client.call(receipts.remove, { imp_uid })
  if (removed.ok) return ok(removed.value)
  if (!mayExist(removed.failure)) return fail(toFailure(removed.failure))
  const after = await readCashReceipt(merchantUid, deps)
  if (!after.ok) return after
  return isCancelled(after.value) ? after : fail(toFailure(removed.failure))
}

/** Whether a receipt is cancelled. */
export function isCancelled({ cancelled_at }: receipts.Receipt): boolean {
  return (cancelled_at ?? 0) > 0
}

/** Null without one: some PGs refuse to say. */
async function findReceipt(
  impUid: ImpUid,
  { client }: Deps,
): Promise<Result<receipts.Receipt | null, OrderFailure>> {
  const found = await client.call(receipts.get, { imp_uid: impUid })
  if (found.ok) return found
  const { failure } = found
  const isNone = failure.reason === 'not_found' || failure.reason === 'refused'
  return isNone ? ok(null) : fail(fromClientFailure(failure))
}

/** A receipt is for what remains, like a refund of everything. */
async function toParts(
  { order, shares }: StoredOrder,
  impUid: ImpUid,
  request: CashReceiptRequest,
  { store }: Deps,
) {
  const before = await readCancels(order.merchantUid, impUid, shares, store)
  if (!before.ok) return before
  const { cancelled } = order
  const paid = order.paid ?? order.amount
  const remaining = { ...paid, minor: paid.minor - cancelled.minor }
  const isExact = isSameMoney(paid, order.amount)
  const left = { ofOrder: shares, isExact, cancelled, before: before.value, remaining }
  const parts = toCancelShares({ ...left, amount: remaining }, request)
  return parts.ok ? ok(toCancelParts(parts.value)) : parts
}

function mayExist({ reason }: ClientFailure): boolean {
  return reason === 'refused' || reason === 'outcome_unknown'
}

function toFailure(
  failure: ClientFailure,
  request: Partial<CashReceiptRequest> = {},
): OrderFailure {
  switch (failure.reason) {
    case 'refused':
      return { reason: 'receipt_refused', detail: toDetail(failure.message, request) }
    case 'outcome_unknown': {
      const { cause } = failure
      // With this status the PG issues none by API: nothing happened.
      return 'httpStatus' in cause && cause.httpStatus === 501
        ? { reason: 'receipt_refused', detail: 'HTTP 501: the PG does not support it' }
        : { reason: 'receipt_outcome_unknown', cause: failure }
    }
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

/** The provider's message may repeat the number of the recipient, with separators of its own, and what was sent with it. */
function toDetail(message: string | null, request: Partial<CashReceiptRequest>): string | null {
  if (message === null) return null
  const { identifier, buyer_name, buyer_email, buyer_tel } = request
  const digits = [identifier, buyer_tel].flatMap((each) => each?.replaceAll(/\D/g, '') ?? [])
  const numbers = digits.filter((each) => each !== '').map((each) => each.split('').join('[- ]?'))
  const texts = [identifier, buyer_name, buyer_email, buyer_tel].filter(
    (each) => each !== undefined,
  )
  const withoutTexts = texts.reduce((left, each) => left.replaceAll(each, '…'), message)
  return numbers.reduce((left, each) => left.replaceAll(new RegExp(each, 'g'), '…'), withoutTexts)
}

/** What was left out is not sent. */
function withoutUndefined({
  identifier,
  identifier_type,
  type,
  buyer_name,
  buyer_email,
  buyer_tel,
}: CashReceiptRequest): Omit<receipts.IssueParams, 'imp_uid'> {
  return {
    identifier,
    ...(identifier_type === undefined ? {} : { identifier_type }),
    ...(type === undefined ? {} : { type }),
    ...(buyer_name === undefined ? {} : { buyer_name }),
    ...(buyer_email === undefined ? {} : { buyer_email }),
    ...(buyer_tel === undefined ? {} : { buyer_tel }),
  }
}
