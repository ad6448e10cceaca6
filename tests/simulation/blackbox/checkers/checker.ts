import type { HttpHistory, Operation, OrderSpec } from './http-history.ts'
import { findStaleReads, type LowerBound, type Read } from './linearizability-checker.ts'
import { checkMoney } from './money-checker.ts'
import { checkDeliveries, type OrderHistory, readOrderHistory } from './order-checker.ts'

// Holds what outsiders saw against each other, by the documented words alone.

/** Which standings a word of a door or of a page may stand for; a word that is not here says nothing. */
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
  pending: ['pending'],
}
const openStatuses = ['pending', 'vbank_issued', 'failed']
const closedStatuses = ['paid', 'partially_cancelled', 'cancelled', 'expired']

/** What is done at the provider, whose answers are not judged. */
const providerActions: readonly string[] = ['stage', 'pay', 'fail', 'console_cancel']

/** The longest that a lookup may take, and for how long a provider in trouble is left alone. */
const lookupMs = 4_000
const pauseMs = 70_000
/** A notice may give up when others changed its order so often meanwhile. */
const manyChanges = 4

/** Says what is wrong with a history; nothing when all of it fits together. */
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

/** I6, I13: whoever looks later sees no less, whichever door he looks through. */
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
  // An order that is not there yet is refused as a closed one would be.
  if (operation.action === 'confirm' && !wasCreated(operation, history)) return []
  const steps = toSteps(operation, orderHistory)
  if (steps === null) return []
  return [{ name: name(operation), from: operation.from, to: operation.to, steps }]
}

/** The steps of its order that an answer fits; null when it says nothing of them. */
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
    case 'give_back':
    case 'stage':
    case 'pay':
    case 'fail':
    case 'console_cancel':
      return null
  }
}

/** I10: a webhook that was answered 2xx is not sent again, so from then on its news is there. */
function promisedStep(
  operation: Operation,
  orderHistory: OrderHistory,
  history: HttpHistory,
): number | null {
  const { action, code, claim, imp_uid, from } = operation
  if (action !== 'webhook' || code !== 200 || !matchesOrder(operation, orderHistory.order, history))
    return null
  // A provider in trouble may show an old record, which is then the truth that the notice meets.
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

/** What one answer may not be, whatever else happened. */
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
    (each) => each.kind === 'death' && each.from <= to && from <= each.to,
  )
  if (code === null) return hasCrashed ? null : 'no answer, though nothing died'
  if (providerActions.includes(action)) return null
  const isExcused =
    wasFaulty(operation, history) || (/cancel|give_back/.test(action) && code === 503)
  if (code >= 500 && code !== 503 && !isExcused) return 'an internal error'
  const isMatch = orderHistory !== undefined && matchesOrder(operation, orderHistory.order, history)
  const isThere = wasCreated(operation, history)
  switch (action) {
    case 'webhook': {
      if (imp_uid === null) return code >= 500 ? 'a resend of rubbish was asked for' : null
      if (code === 503) {
        // A record that is refunded after it was looked up is old, and the next look finds the newer one.
        const isKnown = history.payments.some(
          (each) => each.imp_uid === imp_uid && each.cancel_amount === 0,
        )
        const isBusy = (orderHistory?.steps.length ?? 0) > manyChanges
        const isDue = isThere && isKnown && paymentExisted(operation, history)
        return isDue && !isExcused && !isBusy ? 'a resend was asked for that cannot help' : null
      }
      return code === 200 ? null : 'refused, though it can be read'
    }
    case 'complete': {
      const status = readObject(operation.text)['status']
      if (status === 'forgery') return isMatch && isThere ? 'honest, and called forgery' : null
      if (code === 200) return isMatch ? null : 'a forgery was believed'
      return code === 202 ? null : 'an answer outside the documented ones'
    }
    case 'redirect': {
      const page = operation.text.split('/').at(-1)
      if (page === 'failed') {
        const hasFailed =
          claim !== null ||
          orderHistory?.steps.some(({ status }) => status === 'failed' || status === 'expired') ===
            true
        return isMatch && isThere && !hasFailed ? 'honest, and led to the failure page' : null
      }
      return page === 'pending' || isMatch ? null : 'a forgery was led to a good page'
    }
    case 'confirm':
      return code === 200 && claim !== orderHistory?.order.amount
        ? 'another amount was approved'
        : null
    case 'buyer_read':
      if (operation.by === 'stranger') return code === 404 ? null : 'a stranger was let in'
      return code === 200 || isExcused ? null : 'the buyer was turned away'
    case 'read':
    case 'cancels':
      return code === 200 || !isThere || isExcused ? null : 'an order that is there was not shown'
    case 'create':
    case 'cancel':
    case 'give_back':
    case 'stage':
    case 'pay':
    case 'fail':
    case 'console_cancel':
      return null
  }
}

/** Whether the provider or the deployment was in trouble, or is being left alone after it. */
function wasFaulty({ from, to }: Operation, history: HttpHistory): boolean {
  const isSlow = to - from >= lookupMs
  return (
    isSlow ||
    history.faultWindows.some(
      (each) => each.kind !== 'receiver' && each.from <= to && from <= each.to + pauseMs,
    )
  )
}

/** Whether the payment that is spoken of is of this order, of its amount and its currency. */
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
    (each) => each.action === 'stage' && each.imp_uid === imp_uid && each.to < from,
  )
}

/** I12: no secret leaves, and an order's token only by the merchant's own door. */
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
    ...(leaks([...ours.map(({ text }) => text), ...events], secrets) ? ['a secret came out'] : []),
    ...(leaks([...withoutTokens.map(({ text }) => text), ...events], new Set(tokens))
      ? ["an order's token came out by another door"]
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
