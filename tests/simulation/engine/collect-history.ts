import type { History, ResponseRow } from '../checkers/history.ts'
import { graceMs } from '../workload/payments.ts'
import type { PortContext } from './faulty-ports.ts'

/** Collects what lasts of a run, as the checkers read it. */
export function collectHistory(
  {
    workload,
    database,
    merchant,
    paymentsWithoutOrder,
  }: Pick<PortContext, 'workload' | 'database' | 'merchant' | 'paymentsWithoutOrder'>,
  responses: readonly ResponseRow[],
  unfinishedTasks: number,
): History {
  const { orders, events, attempts, leases } = database
  return {
    orderSpecs: workload.orderSpecs,
    payments: workload.payments,
    orders: [...orders.values()].map((order) => ({
      merchant_uid: order.merchantUid,
      status: order.status,
      imp_uid: order.impUid,
      cancelled: order.cancelled.minor,
      sequence: order.sequence,
    })),
    stored: [...orders.values()],
    events,
    attempts,
    leases,
    responses,
    merchant: [...merchant.rows.values()],
    paymentsWithoutOrder,
    unfinishedTasks,
    graceMs,
    // The audit of this system searches all payments.
    comparedSince: Number.NEGATIVE_INFINITY,
  }
}
