import { type Client, payments } from '@quayside/client'
import {
  fail,
  type ImpUid,
  type MerchantUid,
  type Order,
  ok,
  parseImpUid,
  type Result,
} from '@quayside/core'
import { toClientProblem, toSyncProblem } from './blame.ts'
import type { Problem } from './problem.ts'
import { refund } from './refund.ts'
import type { CancelRequest } from './requests.ts'
import { reread } from './reread.ts'
import type { Rooms } from './rooms.ts'

type Cancelled = Result<Order, Problem>

/**
 * Cancels an order: closes it when nothing was paid, gives back all or part of what was. The order in the
 * answer is what the store holds after the provider's record was read again.
 */
export async function cancelOrder(
  merchantUid: MerchantUid,
  request: CancelRequest,
  rooms: Rooms,
): Promise<Cancelled> {
  const stored = await rooms.store.read(merchantUid)
  if (!stored.ok) return stored
  const { order } = stored.value
  switch (order.status) {
    case 'cancelled':
      // The answer to the first request may have been lost.
      return request.amount === undefined ? ok(order) : fail({ reason: 'nothing_left' })
    case 'paid':
    case 'partially_cancelled':
      return refund(stored.value, request, rooms)
    case 'pending':
    case 'vbank_issued':
    case 'failed':
    case 'expired':
      return cancelUnpaid(order, request, rooms)
  }
}

/** An order looks unpaid until its news arrives: the provider is asked before the order is closed. */
async function cancelUnpaid(
  order: Order,
  request: CancelRequest,
  rooms: Rooms,
): Promise<Cancelled> {
  const paid = await findPaid(order.merchantUid, rooms.client)
  if (!paid.ok) return paid
  if (paid.value !== null) {
    const synced = await reread(order.merchantUid, paid.value, rooms)
    if (synced.ok && isPaid(synced.value.order)) {
      return refundStored(order.merchantUid, request, rooms)
    }
    const problem = synced.ok ? null : toSyncProblem(synced.failure)
    if (problem !== null) return fail(problem)
  }
  if (request.amount !== undefined) return fail({ reason: 'not_paid' })
  const closed = await rooms.store.close(order)
  if (!closed.ok) return closed
  return closed.value.status === 'cancelled' ? closed : fail({ reason: 'order_contended' })
}

async function findPaid(
  merchantUid: MerchantUid,
  client: Client,
): Promise<Result<ImpUid | null, Problem>> {
  const found = await client.call(payments.find, {
    merchant_uid: merchantUid,
    payment_status: 'paid',
  })
  if (found.ok) {
    const impUid = parseImpUid(found.value.imp_uid)
    return impUid.ok ? impUid : fail({ reason: 'provider_unavailable' })
  }
  return found.failure.reason === 'not_found' ? ok(null) : fail(toClientProblem(found.failure))
}

async function refundStored(
  merchantUid: MerchantUid,
  request: CancelRequest,
  rooms: Rooms,
): Promise<Cancelled> {
  const stored = await rooms.store.read(merchantUid)
  return stored.ok ? refund(stored.value, request, rooms) : stored
}

function isPaid({ status }: Order): boolean {
  return status === 'paid' || status === 'partially_cancelled'
}
