import {
  type ActualPayment,
  type AttemptRow,
  alwaysMatches,
  type History,
  hasBeenPaid,
  type LeaseRow,
  latestVersion,
} from './history.ts'

/** I3: one payment wins one order, one order is won by one payment. */
export function checkOnePaymentPerOrder(history: History, violations: string[]): void {
  const orderOf = new Map<string, string>()
  const paymentOf = new Map<string, string>()
  for (const { imp_uid, merchant_uid, status } of history.events) {
    if (imp_uid === null || !hasBeenPaid(status)) continue
    if ((orderOf.get(imp_uid) ?? merchant_uid) !== merchant_uid) {
      violations.push(`I3 ${imp_uid} won two orders`)
    }
    if ((paymentOf.get(merchant_uid) ?? imp_uid) !== imp_uid) {
      violations.push(`I3 ${merchant_uid} was won by two payments`)
    }
    orderOf.set(imp_uid, merchant_uid)
    paymentOf.set(merchant_uid, imp_uid)
  }
}

/**
 * I5: every unit of real money belongs to an order or to an issue. Money from before the first comparison is known
 * only once somebody looked it up.
 */
export function checkMoney(payment: ActualPayment, history: History, violations: string[]): void {
  const now = latestVersion(payment)
  if (payment.sandbox || now === undefined || !hasBeenPaid(now.status)) return
  const left = payment.amount - now.cancelled
  if (left === 0) return
  const order = history.orders.find((each) => each.imp_uid === payment.imp_uid)
  const paysOrder = order !== undefined && hasBeenPaid(order.status)
  if (paysOrder && payment.amount - order.cancelled === left) return
  const isRecorded = history.attempts.some(
    (each) =>
      each.imp_uid === payment.imp_uid &&
      each.merchant_uid === payment.merchant_uid &&
      each.outcome !== 'accepted' &&
      each.outcome !== 'refunded',
  )
  const isListed = !payment.versions.some(
    ({ status, madeAt }) => hasBeenPaid(status) && madeAt < history.comparedSince,
  )
  const wasLookedUp = history.responses.some(
    ({ imp_uid, merchant_uid, status, lookups }) =>
      imp_uid === payment.imp_uid &&
      merchant_uid === payment.merchant_uid &&
      status === 'forgery' &&
      // Of an order that was not created yet no payment is looked up.
      lookups > 0,
  )
  if (isRecorded || history.paymentsWithoutOrder.includes(payment.imp_uid)) return
  if (isListed || wasLookedUp) {
    violations.push(`I5 ${left} ${payment.currency} of ${payment.imp_uid} are unaccounted for`)
  }
}

/** I8: only a payment that does not match its order is refused. */
export function checkRefusal(row: AttemptRow, history: History, violations: string[]): void {
  if (row.outcome !== 'refused') return
  const payment = history.payments.find((each) => each.imp_uid === row.imp_uid)
  const spec = history.orderSpecs.find((each) => each.merchant_uid === row.merchant_uid)
  if (payment !== undefined && spec !== undefined && alwaysMatches(payment, spec)) {
    violations.push(`I8 ${row.imp_uid} was refused for ${row.merchant_uid}, whose payment it is`)
  }
}

/** I6: money is not reported as late or duplicate once its refund is recorded. */
export function checkReportedBeforeRefund(
  row: AttemptRow,
  history: History,
  violations: string[],
): void {
  if (row.outcome !== 'duplicate_paid' && row.outcome !== 'late_paid') return
  const refund = history.events.find(
    (each) => each.imp_uid === row.imp_uid && each.status === 'cancelled' && each.at < row.at,
  )
  if (refund !== undefined) {
    violations.push(
      `I6 ${row.imp_uid} was reported as ${row.outcome} after its refund was recorded`,
    )
  }
}

/** I16: a deposit that was made by the due date of its account is not late for an order that expired. */
export function checkInTime(row: AttemptRow, history: History, violations: string[]): void {
  if (row.outcome !== 'late_paid') return
  const wasClosed = history.events.some(
    ({ merchant_uid, status, imp_uid }) =>
      merchant_uid === row.merchant_uid &&
      (status === 'cancelled' || (status === 'expired' && imp_uid === null)),
  )
  const payment = history.payments.find((each) => each.imp_uid === row.imp_uid)
  const paid = payment?.versions.find((each) => hasBeenPaid(each.status))
  const dueAt = payment?.dueAt ?? null
  if (!wasClosed && dueAt !== null && paid !== undefined && paid.madeAt <= dueAt) {
    violations.push(`I16 ${row.imp_uid} was made in time and reported as late`)
  }
}

/** I1: two sweeps never lease one event at once. */
export function checkLeases(leases: readonly LeaseRow[], violations: string[]): void {
  const until = new Map<string, number>()
  for (const lease of leases) {
    if ((until.get(lease.id) ?? 0) > lease.at)
      violations.push(`I1 ${lease.id} was leased twice at once`)
    until.set(lease.id, lease.until)
  }
}
