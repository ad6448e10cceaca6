import { payments } from '@quayside/client'
import { fail, type ImpUid, type MerchantUid, type Order, ok, type Result } from '@quayside/core'
import type { Deps } from '../deps.ts'
import type { OrderFailure } from '../domain/failure.ts'
import type { CancelRequest } from '../domain/requests.ts'
import { isPaid } from '../domain/status.ts'
import { fromClientFailure, fromSyncFailure } from '../payments/order-failure.ts'
import { isPaidRecord, type ParsedRecord, parseRecords } from '../payments/payment-record.ts'
import { revoke } from '../payments/revoke-account.ts'
import { syncRecord } from '../payments/sync-record.ts'
import { refundOrder } from './refund-order.ts'

type CancelResult = Result<Order, OrderFailure>

/**
 * Cancels an order: closes an unpaid one, refunds all or part of a paid one.
 *
 * @returns The stored order after the provider's record was read again.
 */
export async function cancelOrder(
  merchantUid: MerchantUid,
  request: CancelRequest,
  deps: Deps,
): Promise<CancelResult> {
  const stored = await deps.store.orders.read(merchantUid)
  if (!stored.ok) return stored
  const { order } = stored.value
  switch (order.status) {
    case 'cancelled':
      // The response to an earlier request may have been lost.
      return request.amount === undefined ? ok(order) : fail({ reason: 'nothing_left' })
    case 'paid':
    case 'partially_cancelled':
      return refundOrder(stored.value, request, deps)
    case 'pending':
    case 'vbank_issued':
    case 'failed':
    case 'expired':
      return cancelUnpaid(order, request, deps)
  }
}

/**
 * An order is unpaid here until a message about its payment arrives, so the provider is asked before the order is
 * closed. Its accounts are revoked then.
 */
async function cancelUnpaid(
  order: Order,
  request: CancelRequest,
  deps: Deps,
): Promise<CancelResult> {
  const found = await readPayments(order.merchantUid, deps)
  if (!found.ok) return found
  for (const { payment, record } of found.value.filter(isPaidRecord)) {
    const synced = await syncRecord(order, payment.impUid, record, deps)
    if (synced.ok && isPaid(synced.value.order.status)) {
      // It may have been refunded since, so the order is read again.
      return cancelOrder(order.merchantUid, request, deps)
    }
    const failure = synced.ok ? null : fromSyncFailure(synced.failure)
    if (failure !== null) return fail(failure)
  }
  if (request.amount !== undefined) return fail({ reason: 'not_paid' })
  const accounts = toAccounts(order, found.value)
  const closed = await deps.store.orders.close(order, accounts)
  if (!closed.ok) return closed
  if (closed.value.status !== 'cancelled') return fail({ reason: 'order_contended' })
  // If this fails, the revocation stays open, and a job tries it again.
  for (const impUid of accounts) await revoke(impUid, deps)
  return closed
}

async function readPayments(
  merchantUid: MerchantUid,
  { client, log }: Deps,
): Promise<Result<readonly ParsedRecord[], OrderFailure>> {
  const found = await client.call(payments.several, { merchant_uid: [merchantUid] })
  if (found.ok) return ok(parseRecords(found.value, log))
  return found.failure.reason === 'not_found' ? ok([]) : fail(fromClientFailure(found.failure))
}

/** The accounts that could still receive a deposit: that of the order, and those that no message has reported. */
function toAccounts(order: Order, records: readonly ParsedRecord[]): readonly ImpUid[] {
  const { impUid, status } = order
  const isOnAccount = impUid !== null && (status === 'vbank_issued' || status === 'expired')
  const found = records.flatMap(({ payment }) =>
    payment.status === 'vbank_issued' ? [payment.impUid] : [],
  )
  return [...new Set(isOnAccount ? [impUid, ...found] : found)]
}
