import type { OrderRow } from '../store/orders/order-row.ts'

/** What drivers return as a number, as a bigint or as text, as they are set. */
const integers: ReadonlySet<string> = new Set([
  'amount',
  'cancelled',
  'paid_amount',
  'vbank_due_at',
  'vbank_issued_at',
  'paid_at',
  'sequence',
  'prepared_at',
  'created_at',
  'updated_at',
  'tax_free',
  'vat_amount',
] satisfies (keyof OrderRow)[])

/** Reads the one row that a library of the shop returned. Throws when it is no row of `orders`. */
export function readOrderRow(rows: unknown): OrderRow {
  const [row]: readonly unknown[] = Array.isArray(rows) ? rows : []
  if (typeof row !== 'object' || row === null || !('merchant_uid' in row)) {
    throw new TypeError('The transaction returned no row by its column names')
  }
  const read = Object.entries(row).map(([name, value]) => [
    name,
    integers.has(name) && value !== null ? toInteger(value) : value,
  ])
  // The statement names the columns, and only checked values are written.
  return Object.fromEntries(read) as OrderRow
}

function toInteger(value: unknown): number {
  const integer = Number(value)
  if (Number.isSafeInteger(integer)) return integer
  throw new RangeError(`The database returned ${String(value)}, which is no safe integer`)
}
