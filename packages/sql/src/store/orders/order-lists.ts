import { ok } from '@quayside/core'
import {
  maxScannedPerOrder,
  type OrderPage,
  type OrderPosition,
  type OrderQueries,
  type OrderSelection,
} from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import type { Driver, Scalar, Statement } from '../../driver.ts'
import { read } from '../../transaction.ts'
import { type OrderRow, toStoredOrder } from './order-row.ts'

/** An order that a page looked at, with its place among them. */
interface ScannedRow extends OrderRow {
  readonly scanned: number
}

export function createOrderLists(
  driver: Driver,
  texts: Dialect['orderLists'],
): OrderQueries['list'] {
  return async (selection, after, count) => {
    const scanned = selection.status === null ? count : count * maxScannedPerOrder
    const statement = toStatement(texts, selection, after, [scanned, selection.status ?? '', count])
    const found = await read(driver, [statement], (row: ScannedRow) => row)
    return found.ok ? ok(toPage(found.value, selection, count, scanned)) : found
  }
}

function toStatement(
  { selectByCreation, selectByPayment, selectById }: Dialect['orderLists'],
  selection: OrderSelection,
  after: OrderPosition | null,
  bounds: readonly Scalar[],
): Statement {
  switch (selection.by) {
    case 'created':
      return { text: selectByCreation, values: [...bounds, ...toSpan(selection, after)] }
    case 'paid':
      return { text: selectByPayment, values: [...bounds, ...toSpan(selection, after)] }
    case 'id': {
      const { prefix } = selection
      // No id has a control character: none lies between an id and the same with the first of them.
      const from = after === null ? prefix : `${after.merchantUid}\u{1}`
      return { text: selectById, values: [...bounds, from, toEnd(prefix)] }
    }
  }
}

/** Returns the first instant, and the place from which a list that is read backwards goes on. */
function toSpan(
  { from, to }: Extract<OrderSelection, { by: 'created' | 'paid' }>,
  after: OrderPosition | null,
): readonly Scalar[] {
  const end = to?.getTime() ?? Number.MAX_SAFE_INTEGER
  const start = after === null || after.at >= end ? [end, ''] : [after.at, after.merchantUid]
  return [from?.getTime() ?? 0, ...start]
}

/** Returns the first text after all those that begin with a prefix. */
function toEnd(prefix: string): string {
  const last = prefix.charCodeAt(prefix.length - 1)
  return prefix.slice(0, -1) + String.fromCharCode(last + 1)
}

function toPage(
  rows: readonly ScannedRow[],
  { by, status }: OrderSelection,
  count: number,
  scanned: number,
): OrderPage {
  const listed = rows.filter((row) => status === null || row.status === status)
  const last = rows.at(-1)
  const isFull = listed.length === count || last?.scanned === scanned
  return {
    orders: listed.map(toStoredOrder),
    next: last !== undefined && isFull ? toPosition(last, by) : null,
  }
}

function toPosition(row: OrderRow, by: OrderSelection['by']): OrderPosition {
  const at = { created: row.created_at, paid: row.paid_at ?? 0, id: 0 }[by]
  return { at, merchantUid: row.merchant_uid }
}
