import { fail, ok, parseMerchantUid, type Result } from '@quayside/core'
import type * as z from 'zod/mini'
import type { OrderPosition, OrderSelection } from '../domain/order-selection.ts'
import type { RequestInvalid } from '../orders/requested-order.ts'
import type { orderQuery } from './schemas/requests/order-lists.ts'

/** A page of orders that was asked for. */
export interface OrderListRequest {
  readonly selection: OrderSelection
  readonly after: OrderPosition | null
  readonly limit: number
}

/**
 * Checks what no schema can: that the filters belong to one list, and that `after` is a place in that list. Fails with the
 * field that is wrong.
 */
export function readOrderQuery({
  status: onlyStatus,
  created_from,
  created_to,
  paid_from,
  paid_to,
  merchant_uid_prefix,
  after,
  limit,
}: z.output<ReturnType<typeof orderQuery>>): Result<OrderListRequest, RequestInvalid> {
  const status = onlyStatus ?? null
  const isByCreation = created_from !== undefined || created_to !== undefined
  const isByPayment = paid_from !== undefined || paid_to !== undefined
  if (merchant_uid_prefix !== undefined) {
    // Each list is read from one index: of two filters only one could say where to begin.
    if (isByCreation || isByPayment) return refuse('merchant_uid_prefix')
    if (after !== '' && !after.startsWith(merchant_uid_prefix)) return refuse('after')
    const selection = { by: 'id', prefix: merchant_uid_prefix, status } as const
    return withPosition(selection, readId(after), after, limit)
  }
  if (isByPayment) {
    if (isByCreation) return refuse(paid_from === undefined ? 'paid_to' : 'paid_from')
    const span = { from: toInstant(paid_from), to: toInstant(paid_to) }
    return withPosition({ by: 'paid', ...span, status }, readPosition(after), after, limit)
  }
  const span = { from: toInstant(created_from), to: toInstant(created_to) }
  return withPosition({ by: 'created', ...span, status }, readPosition(after), after, limit)
}

/** Returns the `after` of the next page; null on the last one. */
export function toNextOrder(
  position: OrderPosition | null,
  by: OrderSelection['by'],
): string | null {
  if (position === null) return null
  return by === 'id' ? position.merchantUid : `${position.at}:${position.merchantUid}`
}

function withPosition(
  selection: OrderSelection,
  position: OrderPosition | null,
  after: string,
  limit: number,
): Result<OrderListRequest, RequestInvalid> {
  if (after !== '' && position === null) return refuse('after')
  return ok({ selection, after: position, limit })
}

function readPosition(after: string): OrderPosition | null {
  const [, at = '', id = ''] = /^(\d{1,15}):(.+)$/.exec(after) ?? []
  const position = readId(id)
  return position && { ...position, at: Number(at) }
}

function readId(text: string): OrderPosition | null {
  const merchantUid = parseMerchantUid(text)
  return merchantUid.ok ? { at: 0, merchantUid: merchantUid.value } : null
}

function toInstant(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text)
}

function refuse(field: string): Result<never, RequestInvalid> {
  return fail({ reason: 'request_invalid', field })
}
