import type { Payment, VirtualAccount } from '../payment/payment.ts'
import type { ImpUid } from '../values/ids.ts'

/** A virtual account of an order, with its payment. */
export interface OrderAccount extends VirtualAccount {
  /** The payment whose deposit the account takes. */
  readonly impUid: ImpUid
  /** True once its payment failed or was cancelled: no deposit is expected any more. */
  readonly isClosed: boolean
}

/** Anybody can issue accounts for an order. The one that is due first is dropped first, so that none makes it expire early. */
const maxAccounts = 10

/**
 * Returns the accounts after a record of one of them, or of a new one. An account only ever closes, and its due date
 * only ever moves to a later one, so that a record which was read earlier and arrives later changes nothing.
 *
 * @returns The same list when the record changes nothing.
 */
export function followAccounts(
  accounts: readonly OrderAccount[],
  payment: Payment,
): readonly OrderAccount[] {
  const known = accounts.find(({ impUid }) => impUid === payment.impUid)
  const next = followAccount(known, payment)
  if (next === known || next === undefined) return accounts
  const all = [...accounts.filter((each) => each !== known), next].toSorted(compare)
  const kept = all.slice(-maxAccounts)
  return kept.includes(next) ? kept : accounts
}

function followAccount(
  known: OrderAccount | undefined,
  payment: Payment,
): OrderAccount | undefined {
  switch (payment.status) {
    case 'vbank_issued': {
      const { impUid, virtualAccount } = payment
      if (known === undefined) return { ...virtualAccount, impUid, isClosed: false }
      const isExtended = Number(virtualAccount.dueAt) > toMs(known.dueAt)
      return isExtended ? { ...known, dueAt: virtualAccount.dueAt } : known
    }
    case 'failed':
    case 'cancelled':
      return known && !known.isClosed ? { ...known, isClosed: true } : known
    case 'pending':
    case 'paid':
    case 'partially_cancelled':
      return known
  }
}

/** Returns when the last open account is due; null when none is open, or one has no due date. */
export function toLastDueAt(accounts: readonly OrderAccount[]): number | null {
  const last = accounts.at(-1)
  return last === undefined || last.isClosed ? null : (last.dueAt?.getTime() ?? null)
}

/** An account without a due date can be paid into for ever. */
function toMs(dueAt: Date | null): number {
  return dueAt?.getTime() ?? Number.POSITIVE_INFINITY
}

function compare(one: OrderAccount, other: OrderAccount): number {
  return (
    Number(other.isClosed) - Number(one.isClosed) ||
    // NaN for two accounts without a due date.
    toMs(one.dueAt) - toMs(other.dueAt) ||
    Number(one.issuedAt) - Number(other.issuedAt) ||
    (one.impUid < other.impUid ? -1 : 1)
  )
}
