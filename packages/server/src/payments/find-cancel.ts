import { type ImpUid, type Money, parseMoney, parsePayment } from '@quayside/core'

/**
 * What a payment's record shows of a cancel:
 * - `applied`: it took place;
 * - `superseded`: another cancel took place first, so its checksum no longer fits and never will;
 * - `absent`: nothing was refunded since it was requested;
 * - `unreadable`: the record does not show it.
 */
export type RecordedCancel = 'applied' | 'superseded' | 'absent' | 'unreadable'

/** A cancel as its record would show it. */
export interface ExpectedCancel {
  readonly impUid: ImpUid
  readonly balance: Money
  readonly amount: Money
}

/** Looks for a cancel in what remains of a payment and in its history, never in its status. */
export function findCancelInRecord(
  record: unknown,
  { impUid, balance, amount }: ExpectedCancel,
): RecordedCancel {
  const payment = parsePayment(record)
  if (!payment.ok || payment.value.impUid !== impUid) return 'unreadable'
  const { amount: total, cancelled } = payment.value
  if (total.currency !== balance.currency) return 'unreadable'
  const remaining = total.minor - cancelled.minor
  if (remaining === balance.minor) return 'absent'
  // The record was read before the cancel that led to this balance.
  if (remaining > balance.minor) return 'unreadable'

  const history = readHistory(record, total.currency)
  let before = total.minor
  for (const refunded of history) {
    if (before === balance.minor) return refunded === amount.minor ? 'applied' : 'superseded'
    before -= refunded
  }
  return remaining === balance.minor - amount.minor ? 'applied' : 'superseded'
}

/** Returns the amount of each cancel, oldest first. */
function readHistory(record: unknown, currency: string): readonly number[] {
  const list = readOwn(record, 'cancel_history')
  if (!Array.isArray(list)) return []
  return list
    .map((entry: unknown) => ({
      at: Number(readOwn(entry, 'cancelled_at')),
      amount: parseMoney(readOwn(entry, 'amount'), currency),
    }))
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ amount }) => (amount.ok ? [amount.value.minor] : []))
}

function readOwn(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}
