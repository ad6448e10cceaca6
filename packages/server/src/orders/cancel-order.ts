import { payments } from '@quayside/client'
import { fail, type ImpUid, type MerchantUid, type Order, ok, type Result } from '@quayside/core'
import type { Deps } from '../deps.ts'
import { toOpenAccounts } from '../domain/accounts.ts'
import type { OrderFailure } from '../domain/failure.ts'
import type { CancelRequest } from '../domain/requests.ts'
import { isPaid } from '../domain/status.ts'
import { findUnknownPayee, toDepsOf } from '../payees.ts'
import { fromClientFailure, fromSyncFailure } from '../payments/order-failure.ts'
import { isPaidRecord, type ParsedRecord, parseRecords } from '../payments/payment-record.ts'
import { readInParts } from '../payments/read-in-parts.ts'
import { isTooLarge } from '../payments/read-payments.ts'
import { revoke } from '../payments/revoke-account.ts'
import { syncRecord } from '../payments/sync-record.ts'
import { refundOrder } from './refund-order.ts'

type CancelResult = Result<Order, OrderFailure>

/**
 * Cancels an order: closes an unpaid one, refunds all or part of a paid one.
 *
 * @returns The stored order after the provider's record was read again. Fails with `account_unknown` or `tier_unknown` before
 * anything is written when the settings do not name its payee any more: nobody can ask the provider then.
 */
export async function cancelOrder(
  merchantUid: MerchantUid,
  request: CancelRequest,
  deps: Deps,
): Promise<CancelResult> {
  const stored = await deps.store.orders.read(merchantUid)
  if (!stored.ok) return stored
  const { order } = stored.value
  if (order.status === 'cancelled') {
    // The response to an earlier request may have been lost.
    return request.amount === undefined ? ok(order) : fail({ reason: 'nothing_left' })
  }
  const unknown = findUnknownPayee(order.payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  switch (order.status) {
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
  const found = await readPayments(order, deps)
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
  // If this fails, they are due a little later.
  await deps.store.paymentLinks.wake(order.merchantUid)
  // If this fails, the revocation stays open, and a job tries it again.
  for (const impUid of accounts) await revoke(impUid, deps)
  return closed
}

async function readPayments(
  order: Order,
  deps: Deps,
): Promise<Result<readonly ParsedRecord[], OrderFailure>> {
  const { client } = toDepsOf(order.payee, deps)
  const found = await client.call(payments.several, { merchant_uid: [order.merchantUid] })
  if (found.ok) return ok(parseRecords(found.value, deps.log))
  if (found.failure.reason === 'not_found') return ok([])
  if (!isTooLarge(found.failure)) return fail(fromClientFailure(found.failure))
  const parts = await readInParts(order, deps)
  return parts.ok
    ? parts
    : fail(fromSyncFailure(parts.failure) ?? { reason: 'provider_unavailable' })
}

/** The accounts that could still receive a deposit: those of the order, and those that no message has reported. */
function toAccounts({ accounts }: Order, records: readonly ParsedRecord[]): readonly ImpUid[] {
  const found = records.flatMap(({ payment }) =>
    payment.status === 'vbank_issued' ? [payment.impUid] : [],
  )
  return [...new Set([...toOpenAccounts(accounts), ...found])]
}
