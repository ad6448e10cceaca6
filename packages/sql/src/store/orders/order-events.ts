import type { EscrowChange, MerchantUid, Order } from '@quayside/core'
import { type EventPayload, presentEscrowChange } from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import type { Statement } from '../../driver.ts'
import type { OrderChange } from '../../order-change.ts'

/** Returns the id of the event of an escrow change, the same whenever it is reported, and between which ids all of them are. */
export function toEscrowEventId(
  { merchantUid }: Order,
  { status, changedAt }: EscrowChange,
): { readonly id: string; readonly from: string; readonly to: string } {
  const from = `${toIdText(merchantUid)}:escrow:`
  return { id: `${from}${status}:${changedAt?.getTime() ?? 0}`, from, to: `${from.slice(0, -1)};` }
}

/**
 * Returns the id of an order's event: the same at every try, and unique. The signature puts a full stop after the id,
 * so the id must not contain one; no order id has a tilde.
 */
export function toEventId({ merchantUid, sequence }: Order): string {
  return `${toIdText(merchantUid)}:${sequence}`
}

function toIdText(merchantUid: MerchantUid): string {
  return merchantUid.replaceAll('.', '~')
}

type EventKind = Exclude<Order['status'], 'pending'> | 'duplicate_paid' | 'late_paid'

/** Makes the event of a changed order. */
export function toEvent(order: Order, kind: EventKind, data: EventPayload, at: Date): OrderChange {
  return { id: toEventId(order), type: `order.${kind}`, timestamp: at.toISOString(), data }
}

/** Makes the event of an order whose payment in escrow changed. */
export function toEscrowEvent(order: Order, change: EscrowChange, at: Date): OrderChange {
  return {
    id: toEscrowEventId(order, change).id,
    type: 'order.escrow_changed',
    timestamp: at.toISOString(),
    data: presentEscrowChange(order, change),
  }
}

/** Inserts an event once the change has happened. */
export function insertEvent(
  { outbox }: Dialect,
  { id, type, data }: OrderChange,
  after: Statement,
  at: Date,
): Statement {
  // A D1 database lists the kinds that have no dot.
  const kind = type === 'order.escrow_changed' ? type : type.slice('order.'.length)
  const values = [id, data.merchant_uid, data.sequence, kind, JSON.stringify(data), at.getTime()]
  return { text: outbox.insert, values, after }
}
