import type { HttpHistory, Operation, OrderSpec } from './http-history.ts'
import { findStaleReads, type LowerBound, type Read } from './linearizability-checker.ts'
import { checkMoney } from './money-checker.ts'
import { checkDeliveries, type OrderHistory, readOrderHistory } from './order-checker.ts'

// Compares what clients saw, by the documented API alone.

/** The order statuses for which a response status or a result page may stand; any other implies none. */
const statusesOfPage: Readonly<Record<string, readonly string[]>> = {
  success: ['paid'],
  vbankIssued: ['vbank_issued'],
  vbank: ['vbank_issued'],
  cancelled: ['cancelled'],
  partiallyCancelled: ['partially_cancelled'],
}
const statusesOfBuyerPage: Readonly<Record<string, readonly string[]>> = {
  ...statusesOfPage,
  failed: ['failed', 'expired'],
  // That of a failed order, too, while it is not known whether another payment of it is paid.
  pending: ['pending', 'failed'],
}
const openStatuses = ['pending', 'vbank_issued', 'failed']
const closedStatuses = ['paid', 'partially_cancelled', 'cancelled', 'expired']

/** Operations at the provider, whose responses are not checked. */
const providerActions: readonly string[] = ['create_payment', 'pay', 'fail', 'console_cancel']

/** How long the lookup guard pauses after a faulty provider. */
const pauseMs = 70_000
/** A notice may give up when its order changed so often meanwhile. */
const manyChanges = 4

/** Finds the violations of a history; none when all of it is consistent. */
export function checkHistory(history: HttpHistory): readonly string[] {
  const orderHistories = new Map(
    history.orderSpecs.map((order) => [order.merchant_uid, readOrderHistory(order, history)]),
  )
  return [
    ...[...orderHistories.values()].flatMap((orderHistory) => [
      ...orderHistory.violations,
      ...checkReads(orderHistory, history),
      ...checkMoney(orderHistory, history),
    ]),
    ...history.operations.flatMap((each) =>
      checkResponse(each, orderHistories.get(each.merchant_uid), history),
    ),
    ...checkDeliveries(history.deliveries),
    ...checkSecrets(history),
    ...history.untried.map((id) => `event ${id} was not even tried in two minutes`),
  ]
}

/** I6, I13: a later read shows no earlier state, whichever route it uses. */
function checkReads(orderHistory: OrderHistory, history: HttpHistory): readonly string[] {
  const own = history.operations.filter(
    (each) => each.merchant_uid === orderHistory.order.merchant_uid,
  )
  const reads = own.flatMap((each) => toRead(each, orderHistory, history))
  const lowerBounds: LowerBound[] = orderHistory.steps.map(({ step, at }) => ({ step, at }))
  for (const each of own) {
    const step = promisedStep(each, orderHistory, history)
    if (step !== null) lowerBounds.push({ step, at: each.to })
  }
  return findStaleReads(reads, lowerBounds)
}

function toRead(
  operation: Operation,
  orderHistory: OrderHistory,
  history: HttpHistory,
): readonly Read[] {
  // An order that does not exist yet is refused as a closed one would be.
  if (operation.action === 'confirm' && !wasCreated(operation, history)) return []
  const steps = toSteps(operation, orderHistory)
  if (steps === null) return []
  return [{ name: name(operation), from: operation.from, to: operation.to, steps }]
}

/** The steps of its order that a response fits; null when it implies none. */
function toSteps(operation: Operation, orderHistory: OrderHistory): readonly number[] | null {
  const { action, code, text, claim } = operation
  const body = readObject(text)
  const stepsWith = (statuses: readonly string[] | undefined) =>
    statuses === undefined
      ? null
      : orderHistory.steps.filter(({ status }) => statuses.includes(status)).map(({ step }) => step)
  switch (action) {
    case 'create':
    case 'read':
    case 'cancel':
      return typeof body['sequence'] === 'number' ? [body['sequence']] : null
    case 'buyer_read':
      return code === 200 ? stepsWith(statusesOfBuyerPage[String(body['status'])]) : null
    case 'complete':
      return code === 200 ? stepsWith(statusesOfPage[String(body['status'])]) : null
    case 'redirect': {
      const page = text.split('/').at(-1) ?? ''
      return page === 'cancelled'
        ? stepsWith(['cancelled', 'partially_cancelled'])
        : stepsWith(statusesOfPage[page])
    }
    case 'confirm':
      if (code === 200) return stepsWith(openStatuses)
      return code === 409 && claim === orderHistory.order.amount ? stepsWith(closedStatuses) : null
    case 'webhook':
    case 'cancels':
    case 'refund_issue':
    case 'create_payment':
    case 'pay':
    case 'fail':
    case 'console_cancel':
      return null
  }
}

/** I10: a webhook with a 2xx response is not sent again, so from then on its payment is in the order. */
function promisedStep(
  operation: Operation,
  orderHistory: OrderHistory,
  history: HttpHistory,
): number | null {
  const { action, code, claim, imp_uid, from } = operation
  if (action !== 'webhook' || code !== 200 || !matchesOrder(operation, orderHistory.order, history))
    return null
  // A faulty provider may return an old record, by which the notice is then decided.
  if (history.faultWindows.some(({ kind }) => kind === 'provider')) return null
  const done = history.operations.filter((each) => each.imp_uid === imp_uid && each.to < from)
  const isTrue =
    operation.by === 'provider' || done.some((each) => each.action === 'pay' && each.code === 200)
  if (claim === 'paid' && isTrue) {
    return (
      orderHistory.steps.find(({ status }) => closedStatuses.includes(status))?.step ?? Infinity
    )
  }
  const isAlone = orderHistory.steps.every(
    (each) => each.imp_uid === null || each.imp_uid === imp_uid,
  )
  if (claim !== 'cancelled' || !isAlone || orderHistory.final?.imp_uid !== imp_uid) return null
  const refunded = done
    .filter((each) => each.action === 'console_cancel' && each.code === 200)
    .map((each) => Number(readObject(each.text)['cancel_amount']))
  const least = Math.max(0, ...refunded)
  return orderHistory.steps.find((each) => each.cancelled >= least)?.step ?? Infinity
}

/** What one response must not be, in any history. */
function checkResponse(
  operation: Operation,
  orderHistory: OrderHistory | undefined,
  history: HttpHistory,
): readonly string[] {
  const problem = explainResponse(operation, orderHistory, history)
  return problem === null ? [] : [`${name(operation)}: ${problem}`]
}

function explainResponse(
  operation: Operation,
  orderHistory: OrderHistory | undefined,
  history: HttpHistory,
): string | null {
  const { action, code, from, to, claim, imp_uid } = operation
  const hasCrashed = history.faultWindows.some(
    (each) => each.kind === 'crash' && each.from <= to && from <= each.to,
  )
  if (code === null) return hasCrashed ? null : 'no response without a crash'
  if (providerActions.includes(action)) return null
  const isExcused =
    wasFaulty(operation, history) || (/cancel|refund_issue/.test(action) && code === 503)
  if (code >= 500 && code !== 503 && !isExcused) return 'an internal error'
  if (readObject(operation.text)['error'] === 'not_found') return 'no such route'
  const isMatch = orderHistory !== undefined && matchesOrder(operation, orderHistory.order, history)
  const isThere = wasCreated(operation, history)
  switch (action) {
    case 'webhook': {
      if (imp_uid === null) return code >= 500 ? 'asked to resend an invalid webhook' : null
      if (code === 503) {
        // A record that is refunded after its lookup is old, and the next lookup finds the newer one.
        const isKnown = history.payments.some(
          (each) => each.imp_uid === imp_uid && each.cancel_amount === 0,
        )
        const isBusy = (orderHistory?.steps.length ?? 0) > manyChanges
        const isDue = isThere && isKnown && paymentExisted(operation, history)
        return isDue && !isExcused && !isBusy ? 'a resend was asked for that cannot help' : null
      }
      return code === 200 ? null : 'refused, though it is valid'
    }
    case 'complete': {
      const status = readObject(operation.text)['status']
      if (status === 'forgery')
        return isMatch && isThere ? 'matching payment reported as forgery' : null
      if (code === 200) return isMatch ? null : 'a forgery was accepted'
      return code === 202 ? null : 'a response outside the documented ones'
    }
    case 'redirect': {
      const page = operation.text.split('/').at(-1)
      if (page === 'failed') {
        const hasFailed =
          claim !== null ||
          orderHistory?.steps.some(({ status }) => status === 'failed' || status === 'expired') ===
            true
        return isMatch && isThere && !hasFailed ? 'matching payment led to the failure page' : null
      }
      return page === 'pending' || isMatch ? null : 'a forgery led to a page of success'
    }
    case 'confirm':
      return code === 200 && claim !== orderHistory?.order.amount
        ? 'another amount was approved'
        : null
    case 'buyer_read':
      if (operation.by === 'attacker')
        return code === 404 ? null : "another buyer's order was shown"
      return code === 200 || isExcused ? null : 'the buyer was refused'
    case 'read':
    case 'cancels':
      return code === 200 || !isThere || isExcused ? null : 'an existing order was not shown'
    case 'create':
    case 'cancel':
    case 'refund_issue':
    case 'create_payment':
    case 'pay':
    case 'fail':
    case 'console_cancel':
      return null
  }
}

/** Whether the provider or the deployment had faults, or the lookup guard pauses after them. */
function wasFaulty({ from, to }: Operation, history: HttpHistory): boolean {
  return history.faultWindows.some(
    (each) => each.kind !== 'receiver' && each.from <= to && from <= each.to + pauseMs,
  )
}

/** Whether the named payment is of this order, of its amount and its currency. */
function matchesOrder({ imp_uid }: Operation, order: OrderSpec, history: HttpHistory): boolean {
  const payment = history.payments.find((each) => each.imp_uid === imp_uid)
  return (
    payment?.merchant_uid === order.merchant_uid &&
    payment.amount === order.amount &&
    payment.currency === order.currency
  )
}

function wasCreated({ merchant_uid, from }: Operation, history: HttpHistory): boolean {
  return history.operations.some(
    (each) =>
      each.action === 'create' &&
      each.merchant_uid === merchant_uid &&
      (each.code === 200 || each.code === 201) &&
      each.to < from,
  )
}

function paymentExisted({ imp_uid, from }: Operation, history: HttpHistory): boolean {
  return history.operations.some(
    (each) => each.action === 'create_payment' && each.imp_uid === imp_uid && each.to < from,
  )
}

/** I12: no secret leaks, and an order token appears in responses to the merchant alone. */
function checkSecrets({ operations, deliveries, secrets }: HttpHistory): readonly string[] {
  const merchants = ['create', 'read', 'cancel']
  const tokens = operations
    .filter(({ action }) => merchants.includes(action))
    .map(({ text }) => readObject(text)['order_token'])
    .filter((token) => typeof token === 'string')
  const withoutTokens = operations.filter(({ action }) => !merchants.includes(action))
  const ours = operations.filter(({ action }) => !providerActions.includes(action))
  const leaks = (texts: readonly string[], needles: Iterable<string>) =>
    [...needles].some((needle) => texts.some((text) => text.includes(needle)))
  const events = deliveries.map(({ text }) => text)
  return [
    ...(leaks([...ours.map(({ text }) => text), ...events], secrets) ? ['a secret leaked'] : []),
    ...(leaks([...withoutTokens.map(({ text }) => text), ...events], new Set(tokens))
      ? ['an order token appeared in another response']
      : []),
  ]
}

function name({ by, action, merchant_uid, imp_uid, code, from }: Operation): string {
  return `${merchant_uid} ${by} ${action} ${imp_uid ?? ''} at ${Math.round(from)} (${code ?? 'cut off'})`
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return {}
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
