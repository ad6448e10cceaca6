import {
  type Currency,
  type ImpUid,
  type MerchantUid,
  type Order,
  ok,
  type PaymentStatus,
  type Result,
  type StoreFailure,
  toPaymentOf,
} from '@quayside/core'
import {
  compareHistory,
  type HistoryEntry,
  type HistoryPage,
  type HistoryPosition,
  historyKinds,
  type OrderHistories,
  type PaymentVerdict,
  type RecordedAttempt,
  type StoredEvent,
  toHistoryPosition,
} from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import type { Driver, Outcome, Statement, Value } from '../../driver.ts'
import { rowsAt, runTwice } from '../../transaction.ts'
import { type CancelRow, toCancel } from '../cancels.ts'
import { toDate } from '../instants.ts'
import {
  type ReconciliationIssueRow,
  toReconciliationIssue,
} from '../issues/reconciliation-issues.ts'
import { type EventRow, toEvent } from '../outbox.ts'
import { type RevocationRow, toRevocation } from '../revocations.ts'
import { toEventId } from './order-events.ts'

interface AttemptRow {
  readonly imp_uid: ImpUid
  readonly merchant_uid: MerchantUid
  readonly verdict: PaymentVerdict | 'given_back'
  readonly reason: string | null
  readonly payment_merchant_uid: MerchantUid
  readonly payment_status: PaymentStatus
  readonly amount: number
  readonly currency: Currency
  readonly cancelled: number
  readonly pay_method: string | null
  readonly pg_provider: string | null
  readonly sandbox: number | null
  readonly created_at: number
}

/** A statement, and what its rows are. */
interface Find {
  readonly statement: Statement
  readonly toEntries: (outcomes: readonly Outcome[], index: number) => readonly HistoryEntry[]
}

function find<R>(text: string, values: readonly Value[], toEntry: (row: R) => HistoryEntry): Find {
  return {
    statement: { text, values },
    toEntries: (outcomes, index) => rowsAt<R>(outcomes, index).map(toEntry),
  }
}

export function createOrderHistories(driver: Driver, dialect: Dialect): OrderHistories {
  const findAll = async (
    finds: readonly Find[],
  ): Promise<Result<readonly HistoryEntry[], StoreFailure>> => {
    if (finds.length === 0) return ok([])
    const statements = finds.map(({ statement }) => statement)
    const outcomes = await runTwice(driver, statements)
    if (!outcomes.ok) return outcomes
    return ok(finds.flatMap(({ toEntries }, index) => toEntries(outcomes.value, index)))
  }
  return {
    async read(order, after, count) {
      const found = await findAll(byOrder(dialect, order, after, count + 1))
      if (!found.ok) return found
      // The payments that the order accepted, and the events of its issues, are found by what was found.
      const named = await findAll(byEntries(dialect, order, found.value, after, count + 1))
      if (!named.ok) return named
      return ok(toPage([...found.value, ...named.value], after, count))
    },
  }
}

/** Finds each kind by the order, as many of each as the page may have. */
function byOrder(
  { orderHistories, cancels, revocations }: Dialect,
  order: Order,
  after: HistoryPosition | null,
  count: number,
): readonly Find[] {
  const { merchantUid } = order
  const from = toEventId(order).slice(0, -String(order.sequence).length)
  const attempts = [merchantUid, ...toStart('attempt', after), count]
  const events = [merchantUid, ...toStart('event', after), count, from, toEnd(from)]
  return [
    ...orderHistories.selectAttempts.map((text) => find(text, attempts, toAttemptEntry)),
    find(orderHistories.selectIssues, [merchantUid], toIssueEntry),
    find(orderHistories.selectEvents, events, toEventEntry),
    find(cancels.selectOfOrder, [merchantUid], toCancelEntry),
    find(revocations.selectOfOrder, [merchantUid], toRevocationEntry),
  ]
}

function byEntries(
  { orderHistories }: Dialect,
  order: Order,
  entries: readonly HistoryEntry[],
  after: HistoryPosition | null,
  count: number,
): readonly Find[] {
  // An event shows the id of the provider, without its payee.
  const named = [...toPayments(order), ...entries.flatMap(toPaymentsOf)]
  const offered = [...new Set(named.map((impUid) => toPaymentOf(impUid, order.payee)))]
  const keys = offered.map((impUid) => [impUid, order.merchantUid])
  const accepted = find(orderHistories.selectAccepted, [keys], toAttemptEntry)
  const events = entries.flatMap((entry) => {
    if (entry.kind !== 'reconciliation_issue') return []
    const from = `${entry.issue.id}:`
    const values = [entry.issue.id, ...toStart('event', after), count, from, toEnd(from)]
    return [find(orderHistories.selectEventsOfIssue, values, toEventEntry)]
  })
  return keys.length === 0 ? events : [accepted, ...events]
}

/** Returns the place after which the entries of one kind are read: the time, and the id of those with that very time. */
function toStart(
  kind: HistoryEntry['kind'],
  after: HistoryPosition | null,
): readonly [number, string] {
  if (after === null) return [0, '']
  const order = historyKinds.indexOf(kind) - historyKinds.indexOf(after.kind)
  if (order === 0) return [after.at, after.id]
  return order < 0 ? [after.at + 1, ''] : [after.at, '']
}

/** Returns the first text after all those that begin with one which ends with a colon. */
function toEnd(prefix: string): string {
  return `${prefix.slice(0, -1)};`
}

function toPayments({ impUid, accounts }: Order): readonly ImpUid[] {
  return [...(impUid === null ? [] : [impUid]), ...accounts.map((account) => account.impUid)]
}

function toPaymentsOf(entry: HistoryEntry): readonly ImpUid[] {
  switch (entry.kind) {
    case 'attempt':
      return []
    case 'reconciliation_issue':
      return [entry.issue.impUid]
    case 'event':
      return toPaymentsOfEvent(entry.event)
    case 'cancel':
      return [entry.cancel.impUid]
    case 'revocation':
      return [entry.revocation.impUid]
  }
}

/** Returns the payments that the order had when an event was written. */
function toPaymentsOfEvent({ payload }: StoredEvent): readonly ImpUid[] {
  const data: {
    readonly imp_uid?: ImpUid | null
    readonly virtual_accounts?: readonly { readonly imp_uid: ImpUid }[]
  } = JSON.parse(payload)
  const named = [data.imp_uid, ...(data.virtual_accounts ?? []).map((account) => account.imp_uid)]
  return named.filter((impUid) => typeof impUid === 'string')
}

function toPage(
  entries: readonly HistoryEntry[],
  after: HistoryPosition | null,
  count: number,
): HistoryPage {
  const places = entries.map((entry) => ({ entry, place: toHistoryPosition(entry) }))
  const listed = places
    .filter(({ place }) => after === null || compareHistory(place, after) > 0)
    .toSorted((a, b) => compareHistory(a.place, b.place))
  const page = listed.slice(0, count)
  const last = listed.length > count ? page.at(-1) : undefined
  return { entries: page.map(({ entry }) => entry), next: last?.place ?? null }
}

function toAttemptEntry(row: AttemptRow): HistoryEntry {
  return { kind: 'attempt', attempt: toAttempt(row) }
}

function toIssueEntry(row: ReconciliationIssueRow): HistoryEntry {
  return { kind: 'reconciliation_issue', issue: toReconciliationIssue(row) }
}

function toEventEntry(row: EventRow): HistoryEntry {
  return { kind: 'event', event: toEvent(row) }
}

function toCancelEntry(row: CancelRow): HistoryEntry {
  return { kind: 'cancel', cancel: toCancel(row) }
}

function toRevocationEntry(row: RevocationRow): HistoryEntry {
  return { kind: 'revocation', revocation: toRevocation(row) }
}

function toAttempt(row: AttemptRow): RecordedAttempt {
  const { currency } = row
  return {
    impUid: row.imp_uid,
    // The word of a D1 database, where changing it would write the whole table again.
    verdict: row.verdict === 'given_back' ? 'refunded' : row.verdict,
    reason: row.reason,
    paymentMerchantUid: row.payment_merchant_uid,
    paymentStatus: row.payment_status,
    amount: { minor: row.amount, currency },
    cancelled: { minor: row.cancelled, currency },
    payMethod: row.pay_method,
    pgProvider: row.pg_provider,
    isSandbox: row.sandbox === null ? null : row.sandbox === 1,
    recordedAt: toDate(row.created_at),
  }
}
