import type { Payee } from '@quayside/core'
import type { JobDeps } from '../../deps.ts'
import type { PaymentSnapshot } from '../../domain/reconciliation-issue.ts'
import { isPaid } from '../../domain/status.ts'
import type { StoredOrder } from '../../domain/stored-order.ts'
import { maxIdsPerCall, type PaymentRead, readPayments } from '../../payments/read-payments.ts'
import { maxRowsPerRead } from '../../ports/order-queries.ts'
import type { Budget } from '../../run-budget.ts'
import { costOfMatch, matchPayments } from './match-payments.ts'

/** A span of time of one payee: the start belongs to it, the end does not. */
export interface Span {
  /** Undefined for the account of `IMP_KEY`. */
  readonly payee: Payee | undefined
  readonly from: Date
  readonly to: Date
}

/** The payments that the provider does not have, of the orders that were paid before `to`. */
export interface MissingPayments {
  readonly missing: readonly PaymentSnapshot[]
  /** Earlier than the end of the span when the budget, the store or the provider did not allow the rest. */
  readonly to: Date
}

/**
 * Finds the payments of orders paid in a span that the provider does not have.
 *
 * @param known The payments that the provider listed; every other one is read by its id.
 */
export async function findMissing(
  span: Span,
  known: ReadonlySet<string>,
  deps: JobDeps,
  budget: Budget,
): Promise<MissingPayments> {
  const missing: PaymentSnapshot[] = []
  let { from } = span
  for (let after = ''; ; ) {
    if (!budget.take({ storeCalls: 1 })) return { missing, to: from }
    const page = await deps.store.orderQueries.paidBetween(from, span.to, after)
    if (!page.ok) return { missing, to: from }
    const unlisted = page.value.filter(
      ({ order }) => order.payee === span.payee && !known.has(order.impUid ?? ''),
    )
    for (let first = 0; first < unlisted.length; first += maxIdsPerCall) {
      const chunk = unlisted.slice(first, first + maxIdsPerCall)
      const read = await readChunk(chunk, deps, budget)
      if (read === null) return { missing, to: toPaidAt(chunk[0], from) }
      const stopped = chunk.findIndex(({ order }) => read.unread.has(order.impUid ?? ''))
      const compared = stopped === -1 ? chunk : chunk.slice(0, stopped)
      missing.push(...compared.flatMap((each) => toMissingPayments(each, read)))
      if (stopped !== -1) return { missing, to: toPaidAt(chunk[stopped], from) }
    }
    const last = page.value.at(-1)
    if (last === undefined || page.value.length < maxRowsPerRead) return { missing, to: span.to }
    from = toPaidAt(last, from)
    after = last.order.merchantUid
  }
}

/** Reads the payments of these orders and records what is new; null when the rest must wait for a later run. */
async function readChunk(
  chunk: readonly StoredOrder[],
  deps: JobDeps,
  budget: Budget,
): Promise<PaymentRead | null> {
  if (!budget.take(costOfMatch)) return null
  const ids = chunk.flatMap(({ order }) => (order.impUid === null ? [] : [order.impUid]))
  const read = await readPayments('imp_uid', ids, deps, budget)
  const matched = await matchPayments(read.records, deps, budget)
  return matched.ok && matched.value.remaining === 0 ? read : null
}

function toPaidAt(stored: StoredOrder | undefined, otherwise: Date): Date {
  return stored?.order.paidAt ?? otherwise
}

function toMissingPayments(
  { order, payMethod }: StoredOrder,
  { records, unreadable }: PaymentRead,
): readonly PaymentSnapshot[] {
  const { impUid, merchantUid, amount, cancelled, status } = order
  if (impUid === null || unreadable.has(impUid) || !isPaid(status)) return []
  if (records.some(({ payment }) => payment.impUid === impUid)) return []
  return [{ impUid, merchantUid, status, amount, cancelled, payMethod, pgProvider: null }]
}
