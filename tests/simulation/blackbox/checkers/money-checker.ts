import type {
  HttpHistory,
  Operation,
  ProviderPayment,
  ReconciliationIssue,
} from './http-history.ts'
import type { OrderHistory } from './order-checker.ts'

// The provider's payments against orders and issues: all money is accounted for, and only money that is there.

const paidStatuses = ['paid', 'partially_cancelled', 'cancelled']

/** Finds where an order, its payments and its issues do not add up. */
export function checkMoney(orderHistory: OrderHistory, history: HttpHistory): readonly string[] {
  const { merchant_uid } = orderHistory.order
  const payments = history.payments.filter(
    (each) => each.merchant_uid === merchant_uid && wasPaid(each),
  )
  const issues = history.issues.filter((each) => each.merchant_uid === merchant_uid)
  return [
    ...checkPaid(orderHistory, history),
    ...checkSum(orderHistory, payments, issues),
    ...payments.flatMap((each) => checkRefunds(each, orderHistory, issues, history)),
    ...checkRecovery(orderHistory, payments),
    ...issues.flatMap((each) => checkReported(each, orderHistory, history)),
    ...checkAccounts(orderHistory, history),
  ].map((each) => `${merchant_uid} ${each}`)
}

/** I2: an order that is paid was paid before, by a payment of this very order and amount. */
function checkPaid(
  { order, steps }: OrderHistory,
  { payments, operations }: HttpHistory,
): readonly string[] {
  return steps.flatMap(({ status, imp_uid, at, cancelled, step }) => {
    // An unpaid order that was closed may name the account that nobody paid into.
    const isClosed = status === 'cancelled' && cancelled === 0
    if (!paidStatuses.includes(status) || imp_uid === null || isClosed) return []
    const payment = payments.find((each) => each.imp_uid === imp_uid)
    const isTrue =
      payment !== undefined &&
      wasPaid(payment) &&
      payment.merchant_uid === order.merchant_uid &&
      payment.amount === order.amount &&
      payment.currency === order.currency &&
      payment.cancel_amount >= cancelled
    if (!isTrue) return [`is ${status} by ${imp_uid}, and the provider has no such payment`]
    const payOperations = operations.filter(
      (each) => each.imp_uid === imp_uid && each.action === 'pay',
    )
    const isEarly = payOperations.length > 0 && payOperations.every(({ from }) => from > at)
    return isEarly ? [`was ${status} (${step}) before ${imp_uid} was paid`] : []
  })
}

/** I5: Σ paid − refunded at the provider = the order + its issues, per currency. */
function checkSum(
  { order, final }: OrderHistory,
  payments: readonly ProviderPayment[],
  issues: readonly ReconciliationIssue[],
): readonly string[] {
  const isPaid = final?.status === 'paid' || final?.status === 'partially_cancelled'
  const own = isPaid ? toCents(order.amount) - toCents(final.cancelled) : 0
  const currencies = new Set([...payments, order].map(({ currency }) => currency))
  return [...currencies].flatMap((currency) => {
    const atProvider = payments
      .filter((each) => each.currency === currency)
      .reduce((sum, each) => sum + toNet(each), 0)
    const inIssues = issues
      .filter((each) => each.currency === currency && each.outcome !== 'accepted')
      .reduce((sum, each) => {
        const payment = payments.find(({ imp_uid }) => imp_uid === each.imp_uid)
        return sum + toCents(each.amount) - toCents(payment?.cancel_amount ?? 0)
      }, 0)
    const accounted = (currency === order.currency ? own : 0) + inIssues
    return atProvider === accounted
      ? []
      : [
          `the provider holds ${atProvider} ${currency} of it, order and issues account for ${accounted}`,
        ]
  })
}

/** Money is refunded only on request, or by the policy of the order. */
function checkRefunds(
  payment: ProviderPayment,
  { order }: OrderHistory,
  issues: readonly ReconciliationIssue[],
  history: HttpHistory,
): readonly string[] {
  const { imp_uid, cancel_amount } = payment
  const isUnmatched = issues.some((each) => each.imp_uid === imp_uid)
  if (isUnmatched && order.unmatched === 'refund') {
    // A deposit cannot be refunded without the buyer's account, and a refund that failed waits for its next try.
    const isDue = payment.pay_method !== 'vbank' && history.faultWindows.length === 0
    return isDue && toNet(payment) > 0 ? [`${imp_uid} should have been refunded by policy`] : []
  }
  const asked = history.operations
    .filter((each) => isRefundRequest(each, payment))
    .reduce((sum, { claim }) => sum + (typeof claim === 'number' ? toCents(claim) : Infinity), 0)
  return toCents(cancel_amount) > asked
    ? [`${cancel_amount} of ${imp_uid} was refunded without a request`]
    : []
}

function isRefundRequest(
  { action, imp_uid, merchant_uid }: Operation,
  payment: ProviderPayment,
): boolean {
  return action === 'console_cancel' || action === 'refund_issue'
    ? imp_uid === payment.imp_uid
    : action === 'cancel' && merchant_uid === payment.merchant_uid
}

/** Money that no order explains is reported: by its order's event, or by an event of its own. */
function checkReported(
  { id, kind, imp_uid, outcome }: ReconciliationIssue,
  { order }: OrderHistory,
  { deliveries, operations }: HttpHistory,
): readonly string[] {
  const events = deliveries.map(({ text }) => JSON.parse(text))
  const own = events.filter(
    ({ type, data }) => type === 'payment.unreconciled' && data.reconciliation_issue.id === id,
  )
  const wasReported =
    own.length > 0 ||
    events.some(
      ({ type, data }) => type === `order.${kind}` && data.unmatched_payment.imp_uid === imp_uid,
    )
  const isAsked = operations.some(
    (each) => each.action === 'refund_issue' && each.imp_uid === imp_uid,
  )
  const isByPolicy = outcome === 'refunded' && order.unmatched === 'refund' && !isAsked
  const wasEndReported = own.some(({ data }) => data.reconciliation_issue.outcome === outcome)
  return [
    ...(wasReported ? [] : [`no event reported issue ${id}`]),
    ...(isByPolicy && !wasEndReported ? [`no event reported the end of issue ${id}`] : []),
  ]
}

/** The account of an order that was closed unpaid accepts no more money. */
function checkAccounts(
  { order, final }: OrderHistory,
  { payments, faultWindows }: HttpHistory,
): readonly string[] {
  if (final?.status !== 'cancelled' || final.cancelled > 0 || faultWindows.length > 0) return []
  return payments
    .filter((each) => each.merchant_uid === order.merchant_uid && each.pay_method === 'vbank')
    .filter(({ status }) => status === 'ready')
    .map(({ imp_uid }) => `is closed, and ${imp_uid} can still be paid into`)
}

/** I4: after recovery, an order whose payment is paid is paid, to what is left of that payment. */
function checkRecovery(
  { order, final }: OrderHistory,
  payments: readonly ProviderPayment[],
): readonly string[] {
  if (final === null) return ['was never read']
  const matching = payments.filter(
    ({ amount, currency }) => amount === order.amount && currency === order.currency,
  )
  const isOpen = ['pending', 'vbank_issued', 'failed'].includes(final.status)
  const lost = matching.find((each) => toNet(each) > 0)
  if (isOpen && lost !== undefined) return [`is ${final.status}, and ${lost.imp_uid} is paid`]
  const own = payments.find(({ imp_uid }) => imp_uid === final.imp_uid)
  if (own === undefined || final.status === 'expired') return []
  return own.cancel_amount === final.cancelled
    ? []
    : [`has ${final.cancelled} refunded, at the provider ${own.cancel_amount}`]
}

function wasPaid({ paid_at }: ProviderPayment): boolean {
  return paid_at > 0
}

function toNet({ amount, cancel_amount }: ProviderPayment): number {
  return toCents(amount) - toCents(cancel_amount)
}

/** Amounts with two decimals do not add up exactly as floating point numbers. */
function toCents(amount: number): number {
  return Math.round(amount * 100)
}
