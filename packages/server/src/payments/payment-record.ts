import { type Payment, parsePayment } from '@quayside/core'

/** A record as it came, and as it was read. */
export interface Entry {
  readonly payment: Payment
  readonly record: unknown
}

/** The records that can be read at all; one that cannot says nothing about anybody. */
export function toEntries(records: unknown): readonly Entry[] {
  if (!Array.isArray(records)) return []
  return records.flatMap((record: unknown) => {
    const payment = parsePayment(record)
    return payment.ok ? [{ payment: payment.value, record }] : []
  })
}

/** Records by the order they name, the money last: it says more than the tries before it. */
export function groupByOrder(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries.toSorted((a, b) => weigh(a) - weigh(b))) {
    const { merchantUid } = entry.payment
    groups.set(merchantUid, [...(groups.get(merchantUid) ?? []), entry])
  }
  return groups
}

function weigh(entry: Entry): number {
  return isMoney(entry) ? 1 : 0
}

/** Whether money came with a payment, and some of it is still there. */
export function isMoney({ payment }: Entry): boolean {
  return payment.status === 'paid' || payment.status === 'partially_cancelled'
}
