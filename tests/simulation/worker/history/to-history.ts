import type { EventRow, History, ResponseRow } from '../../checkers/history.ts'
import type { SimulatedClock } from '../../engine/clock.ts'
import type { FakeMerchant } from '../../engine/fake-merchant.ts'
import { startMs } from '../../workload/payments.ts'
import { type EventReceiver, toEventRow, toOrderStatus } from '../peers/event-receiver.ts'
import type { FakeProvider } from '../peers/fake-provider.ts'
import type { WorkerWorkload } from '../peers/worker-workload.ts'
import { graceHours } from '../settings.ts'
import { isOfOrder, type Rows, toAttemptOutcome } from './rows.ts'
import { attemptKey, type WriteLog } from './write-log.ts'

const hourMs = 3_600_000

/** The responses of a schedule. */
export interface ResponseLog {
  readonly responses: ResponseRow[]
  /** The bodies of all responses. */
  readonly bodies: string[]
  /** How many partial refunds of an order were requested. */
  readonly partialRefundRequests: Map<string, number>
  /** The largest refunded amount in a response about an order, in the currency's own unit. */
  readonly cancelledAmounts: Map<string, number>
}

/** Makes an empty log. */
export function createResponseLog(): ResponseLog {
  return {
    responses: [],
    bodies: [],
    partialRefundRequests: new Map(),
    cancelledAmounts: new Map(),
  }
}

/** What a schedule left behind beside the rows of the database. */
export interface RunOutput {
  readonly workload: WorkerWorkload
  readonly clock: SimulatedClock
  readonly writeLog: WriteLog
  readonly provider: FakeProvider
  readonly receiver: EventReceiver
  readonly merchant: FakeMerchant
  readonly responseLog: ResponseLog
  /** The lines of the log. */
  readonly logLines: readonly string[]
  /** All messages that were put on the queue. */
  readonly queueMessages: string
  readonly unfinishedTasks: number
}

/** What a schedule left behind, in the form in which the checkers of every schedule read it. */
export function toHistory(rows: Rows, output: RunOutput): History {
  const { workload, writeLog, provider, merchant, responseLog, unfinishedTasks } = output
  const closed = new Set(
    rows.orders
      .filter(({ status, imp_uid }) => status === 'cancelled' && imp_uid === null)
      .map(({ merchant_uid }) => merchant_uid),
  )
  return {
    orderSpecs: workload.orderSpecs.map((order) => ({
      ...order,
      at: writeLog.orders.get(order.merchant_uid) ?? Number.POSITIVE_INFINITY,
      createdAt:
        rows.orders.find((row) => row.merchant_uid === order.merchant_uid)?.created_at ??
        Number.POSITIVE_INFINITY,
    })),
    payments: provider.payments,
    orders: rows.orders.map(({ merchant_uid, status, imp_uid, cancelled, sequence }) => ({
      merchant_uid,
      status: toOrderStatus(status, imp_uid),
      imp_uid,
      cancelled,
      sequence,
    })),
    events: rows.outbox
      .filter(isOfOrder)
      .map(
        ({ id, kind, payload, created_at }): EventRow =>
          toEventRow({
            id,
            kind,
            facts: JSON.parse(payload),
            at: writeLog.events.get(id) ?? 0,
            ms: created_at,
          }),
      )
      .toSorted((a, b) => a.at - b.at),
    attempts: rows.attempts.map(({ imp_uid, merchant_uid, verdict }) => {
      const key = attemptKey(imp_uid, merchant_uid)
      const { previous, at } = writeLog.attempts.get(key) ?? { previous: null, at: 0 }
      return { imp_uid, merchant_uid, outcome: toAttemptOutcome(verdict), previous, at }
    }),
    leases: writeLog.leases,
    responses: responseLog.responses.map((response) =>
      // An order that the merchant closed has no cancelled payment: to the checkers it expired.
      response.status === 'cancelled' && closed.has(response.merchant_uid)
        ? { ...response, status: 'failed' }
        : response,
    ),
    merchant: [...merchant.rows.values()],
    paymentsWithoutOrder: rows.reconciliation_issues
      .filter(({ kind }) => kind === 'order_unknown')
      .map(({ imp_uid }) => imp_uid),
    unfinishedTasks,
    graceMs: graceHours * hourMs,
    comparedSince: startMs - hourMs,
  }
}
