import { type Payment, parsePayment } from '@quayside/core'
import { isPaid } from '../domain/status.ts'

/** A record as it was received, and as it was parsed. */
export interface ParsedRecord {
  readonly payment: Payment
  readonly record: unknown
}

/** Parses records. One that cannot be parsed belongs to no order and is left out. */
export function parseRecords(records: unknown): readonly ParsedRecord[] {
  if (!Array.isArray(records)) return []
  return records.flatMap((record: unknown) => {
    const payment = parsePayment(record)
    return payment.ok ? [{ payment: payment.value, record }] : []
  })
}

/** Groups records by the order they name, payments with money last: they outweigh the attempts before them. */
export function groupByOrder(
  records: readonly ParsedRecord[],
): ReadonlyMap<string, readonly ParsedRecord[]> {
  const groups = new Map<string, ParsedRecord[]>()
  for (const parsed of records.toSorted((a, b) => sortKey(a) - sortKey(b))) {
    const { merchantUid } = parsed.payment
    groups.set(merchantUid, [...(groups.get(merchantUid) ?? []), parsed])
  }
  return groups
}

function sortKey(parsed: ParsedRecord): number {
  return isPaidRecord(parsed) ? 1 : 0
}

export function isPaidRecord({ payment }: ParsedRecord): boolean {
  return isPaid(payment.status)
}
