import { type Payment, parsePayment } from '@quayside/core'
import { isPaid } from '../domain/status.ts'
import type { Log } from '../log.ts'

/** A record as it was received, and as it was parsed. */
export interface ParsedRecord {
  readonly payment: Payment
  readonly record: unknown
}

/** Parses records. One that cannot be parsed belongs to no order: it is logged with its ids, and left out. */
export function parseRecords(records: unknown, log: Log): readonly ParsedRecord[] {
  if (!Array.isArray(records)) return []
  return records.flatMap((record: unknown) => {
    const payment = parsePayment(record)
    if (payment.ok) return [{ payment: payment.value, record }]
    log('record_malformed', {
      field: payment.failure.field,
      impUid: readId(record, 'imp_uid'),
      merchantUid: readId(record, 'merchant_uid'),
    })
    return []
  })
}

/** An id as it was received, for the log only. */
function readId(record: unknown, name: 'imp_uid' | 'merchant_uid'): string | null {
  const ids: { readonly imp_uid?: unknown; readonly merchant_uid?: unknown } = Object(record)
  const id = ids[name]
  return typeof id === 'string' ? id : null
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
