import { type Payment, parsePayment } from '@quayside/core'
import { isPaid } from '../domain/status.ts'

/** A record as it came, and as it was read. */
export interface ParsedRecord {
  readonly payment: Payment
  readonly record: unknown
}

/** The records that can be read at all; one that cannot says nothing about anybody. */
export function parseRecords(records: unknown): readonly ParsedRecord[] {
  if (!Array.isArray(records)) return []
  return records.flatMap((record: unknown) => {
    const payment = parsePayment(record)
    return payment.ok ? [{ payment: payment.value, record }] : []
  })
}

/** Records by the order they name, the money last: it says more than the tries before it. */
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
