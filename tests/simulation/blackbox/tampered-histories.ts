import type { EventDelivery, HttpHistory, Operation } from './checkers/http-history.ts'
import {
  addOperation,
  afterCreation,
  changeOperation,
  changePayment,
  isPastFirst,
  ownPayment,
} from './tamper.ts'

// Histories that were tampered with, which the checker must find. Each tampering takes a consistent history; it gives
// null where that history has nothing to change.

type Tampering = (history: HttpHistory) => HttpHistory | null

/** The tamperings, each with the message by which the checker must report it. */
export const tamperings: readonly (readonly [string, RegExp, Tampering])[] = [
  ['an event is missing', /its \d+ events have sequences/, loseEvent],
  ['paid was reported by two events', /several paid events: .+ and/, sendPaidTwice],
  ['two events changed places', /went from|differs from its event/, swapEvents],
  ['an event came with two bodies', /came with two bodies/, rewriteEvent],
  ['an event was never accepted', /was never accepted/, refuseEvents],
  ['an event waits although recovery ran', /not even tried/, leaveUnattempted],
  ['an order is paid that nobody paid', /has no such payment/, removePayment],
  ['an order was paid before its payment was', /before .+ was paid/, payLater],
  ['a payment of another order paid it', /has no such payment/, moveToOtherOrder],
  ['a read is older than one before it', /read 0 after/, readStale],
  // The page may also be that of a step at which the order had failed.
  ['a page shows pending again', /read 0(\|\d+)* after/, pageStale],
  ['a read differs from the event of its sequence', /differs from its event/, alterRead],
  ['a cancel was forgotten at the end', /refunded, at the provider/, forgetCancel],
  ['an accepted webhook had no effect', /read 0 after/, acceptAndForget],
  ['a resend was requested that cannot help', /that cannot help/, askForUselessResend],
  [
    'a resend of an invalid webhook was requested',
    /resend an invalid webhook/,
    askForInvalidResend,
  ],
  ['a matching payment is reported as forgery', /reported as forgery/, reportMatchingAsForgery],
  ['a matching payment leads to the failure page', /failure page/, redirectToFailure],
  ['a forgery is accepted', /a forgery was accepted/, acceptForgery],
  ['another amount is approved', /another amount was approved/, approveOther],
  ["another buyer's order is shown", /another buyer's order was shown/, showOtherBuyersOrder],
  ['a response is an internal error', /an internal error/, failRead],
  ['a route is missing', /no such route/, removeRoute],
  ['a connection broke without a crash', /without a crash/, cutOff],
  ['an issue was reported by no event', /no event reported/, dropIssueEvents],
  ['a closed order has an open account', /can still be paid into/, reopenAccount],
  ['money is unaccounted for', /the provider holds/, loseMoney],
  ['money is counted twice', /the provider holds/, countMoneyTwice],
  ['a paid order stays open', /and .+ is paid/, hidePaidOrder],
  ['money was refunded without a request', /without a request/, refundUnasked],
  ['unmatched money was kept against the policy', /refunded by policy/, keepUnmatchedMoney],
  ['a secret is in a response', /a secret leaked/, leakInResponse],
  ['a secret is in an event', /a secret leaked/, leakInEvent],
  ['an order token is in another response', /token appeared/, leakToken],
]

function loseEvent(history: HttpHistory): HttpHistory | null {
  const lost = history.deliveries.find(({ text }) => text.includes('"order.'))
  return lost
    ? { ...history, deliveries: history.deliveries.filter(({ id }) => id !== lost.id) }
    : null
}

function sendPaidTwice(history: HttpHistory): HttpHistory | null {
  const paid = history.deliveries.find(({ text }) => text.includes('"order.paid"'))
  return paid
    ? { ...history, deliveries: [...history.deliveries, { ...paid, id: `${paid.id}-again` }] }
    : null
}

function swapEvents(history: HttpHistory): HttpHistory | null {
  const isStep = (step: number) => (each: EventDelivery) =>
    each.text.includes(`"sequence":${step},`)
  const second = history.deliveries.find(isStep(2))
  const order = second && JSON.parse(second.text).data.merchant_uid
  const first = history.deliveries.find(
    (each) => isStep(1)(each) && JSON.parse(each.text).data.merchant_uid === order,
  )
  if (second === undefined || first === undefined) return null
  const renumber = (each: EventDelivery): EventDelivery => {
    if (each.id === first.id) return { ...each, text: setStep(each.text, 1, 2) }
    return each.id === second.id ? { ...each, text: setStep(each.text, 2, 1) } : each
  }
  return { ...history, deliveries: history.deliveries.map(renumber) }
}

function setStep(text: string, from: number, to: number): string {
  return text.replace(`"sequence":${from},`, `"sequence":${to},`)
}

function rewriteEvent(history: HttpHistory): HttpHistory | null {
  const [event] = history.deliveries
  return event
    ? { ...history, deliveries: [...history.deliveries, { ...event, text: `${event.text} ` }] }
    : null
}

function refuseEvents(history: HttpHistory): HttpHistory | null {
  if (history.deliveries.length === 0) return null
  return { ...history, deliveries: history.deliveries.map((each) => ({ ...each, status: 500 })) }
}

function leaveUnattempted(history: HttpHistory): HttpHistory | null {
  return { ...history, untried: ['an event'] }
}

function removePayment(history: HttpHistory): HttpHistory | null {
  const own = ownPayment(history)
  return own === null ? null : changePayment(history, own, { paid_at: 0 })
}

function payLater(history: HttpHistory): HttpHistory | null {
  const own = ownPayment(history)
  const isPay = (each: Operation) => each.action === 'pay' && each.imp_uid === own
  return changeOperation(history, isPay, ({ from, to }) => ({ from: from + 1e6, to: to + 1e6 }))
}

function moveToOtherOrder(history: HttpHistory): HttpHistory | null {
  const own = ownPayment(history)
  return own === null ? null : changePayment(history, own, { merchant_uid: 'somebody-elses' })
}

function readStale(history: HttpHistory): HttpHistory | null {
  const first = history.operations.find(
    ({ action, code }) => action === 'create' && (code ?? 500) < 300,
  )
  const last = history.operations.findLast(
    (each) =>
      each.action === 'read' && each.merchant_uid === first?.merchant_uid && isPastFirst(each),
  )
  if (first === undefined || last === undefined) return null
  return addOperation(history, { ...last, from: last.to + 1, to: last.to + 2, text: first.text })
}

function pageStale(history: HttpHistory): HttpHistory | null {
  const late = history.operations.findLast(
    ({ action, code, text, by }) =>
      action === 'buyer_read' && by === 'buyer' && code === 200 && text.includes('"success"'),
  )
  if (late === undefined) return null
  const text = late.text.replace('"success"', '"pending"')
  return addOperation(history, { ...late, from: late.to + 1, to: late.to + 2, text })
}

function alterRead(history: HttpHistory): HttpHistory | null {
  const isLate = (each: Operation) => each.action === 'read' && isPastFirst(each)
  return changeOperation(history, isLate, ({ text }) => ({
    text: text.replace('"amount":', '"amount":1'),
  }))
}

function forgetCancel(history: HttpHistory): HttpHistory | null {
  const own = ownPayment(history)
  const payment = history.payments.find(({ imp_uid }) => imp_uid === own)
  if (own === null || payment === undefined || payment.cancel_amount > 0) return null
  return changePayment(history, own, { cancel_amount: payment.amount })
}

function acceptAndForget(history: HttpHistory): HttpHistory | null {
  const acceptedWebhook = history.operations.find(
    (each) =>
      each.action === 'webhook' &&
      each.code === 200 &&
      each.by === 'provider' &&
      each.claim === 'paid' &&
      each.imp_uid === ownPayment(history),
  )
  const first = history.operations.find(
    (each) =>
      each.action === 'create' &&
      each.merchant_uid === acceptedWebhook?.merchant_uid &&
      (each.code ?? 500) < 300,
  )
  if (acceptedWebhook === undefined || first === undefined) return null
  // Only the webhook's own response may contradict the read: no event, and no other read.
  const late = history.deliveries.map((each) => ({ ...each, at: each.at + 1e6 }))
  const stale = {
    ...first,
    action: 'read' as const,
    code: 200,
    from: acceptedWebhook.to + 1,
    to: acceptedWebhook.to + 2,
  }
  const alone = history.operations.filter(
    (each) => each.action !== 'read' || each.merchant_uid !== acceptedWebhook.merchant_uid,
  )
  const last = history.operations.findLast(
    (each) => each.action === 'read' && each.merchant_uid === acceptedWebhook.merchant_uid,
  )
  return { ...history, deliveries: late, operations: [...alone, stale, ...(last ? [last] : [])] }
}

function askForUselessResend(history: HttpHistory): HttpHistory | null {
  const own = ownPayment(history)
  const steps = history.deliveries.length
  if (own === null || steps > 3) return null
  const isTimely = (each: Operation) =>
    each.action === 'webhook' &&
    each.imp_uid === own &&
    each.code === 200 &&
    each.to - each.from < 3_000 &&
    history.operations.some(
      (other) =>
        other.action === 'create' &&
        other.merchant_uid === each.merchant_uid &&
        other.to < each.from,
    )
  return changeOperation(history, isTimely, () => ({ code: 503 }))
}

function askForInvalidResend(history: HttpHistory): HttpHistory | null {
  const isInvalid = ({ action, imp_uid }: Operation) => action === 'webhook' && imp_uid === null
  return changeOperation(history, isInvalid, () => ({ code: 503 }))
}

function reportMatchingAsForgery(history: HttpHistory): HttpHistory | null {
  const matchesOrder = ({ action, code, text }: Operation) =>
    action === 'complete' && code === 200 && text.includes('"success"')
  return changeOperation(afterCreation(history), matchesOrder, () => ({
    code: 409,
    text: '{"status":"forgery"}',
  }))
}

function redirectToFailure(history: HttpHistory): HttpHistory | null {
  const isGood = ({ action, text, merchant_uid }: Operation) =>
    action === 'redirect' &&
    text.endsWith('/success') &&
    !history.operations.some((each) => each.action === 'fail' && each.merchant_uid === merchant_uid)
  return changeOperation(afterCreation(history), isGood, () => ({
    text: 'https://shop.example/result/failed',
  }))
}

function acceptForgery(history: HttpHistory): HttpHistory | null {
  const isForged = ({ action, by, code }: Operation) =>
    action === 'complete' && by === 'attacker' && code === 409
  return changeOperation(history, isForged, () => ({ code: 200, text: '{"status":"success"}' }))
}

function approveOther(history: HttpHistory): HttpHistory | null {
  const isOther = ({ action, by, code }: Operation) =>
    action === 'confirm' && by === 'attacker' && code === 409
  return changeOperation(history, isOther, () => ({ code: 200 }))
}

function showOtherBuyersOrder(history: HttpHistory): HttpHistory | null {
  const isGuess = ({ action, by }: Operation) => action === 'buyer_read' && by === 'attacker'
  return changeOperation(history, isGuess, () => ({ code: 200 }))
}

function failRead(history: HttpHistory): HttpHistory | null {
  const isFast = ({ action, from, to }: Operation) => action === 'read' && to - from < 3_000
  return changeOperation(history, isFast, () => ({ code: 500, text: '{"error":"internal"}' }))
}

function removeRoute(history: HttpHistory): HttpHistory | null {
  return changeOperation(
    history,
    ({ action }) => action === 'refund_issue',
    () => ({ code: 404, text: '{"error":"not_found"}' }),
  )
}

function cutOff(history: HttpHistory): HttpHistory | null {
  return changeOperation(
    history,
    ({ action }) => action === 'redirect',
    () => ({ code: null, text: '' }),
  )
}

function loseMoney(history: HttpHistory): HttpHistory | null {
  const kept = history.issues.find(({ imp_uid }) =>
    history.payments.some((each) => each.imp_uid === imp_uid && each.cancel_amount === 0),
  )
  return kept ? { ...history, issues: history.issues.filter((each) => each !== kept) } : null
}

function dropIssueEvents(history: HttpHistory): HttpHistory | null {
  const deliveries = history.deliveries.filter(({ text }) => !text.includes('"mismatch_paid"'))
  return deliveries.length < history.deliveries.length ? { ...history, deliveries } : null
}

function reopenAccount(history: HttpHistory): HttpHistory | null {
  const closed = history.operations.find(
    ({ by, text }) => by === 'auditor' && /"status":"cancelled".*"cancelled_amount":0,/.test(text),
  )
  const account = history.payments.find(
    (each) => each.merchant_uid === closed?.merchant_uid && each.pay_method === 'vbank',
  )
  return account && account.paid_at === 0
    ? changePayment(history, account.imp_uid, { status: 'ready' })
    : null
}

function countMoneyTwice(history: HttpHistory): HttpHistory | null {
  const own = ownPayment(history)
  const payment = history.payments.find(({ imp_uid }) => imp_uid === own)
  if (payment === undefined || payment.cancel_amount > 0) return null
  return {
    ...history,
    issues: [
      ...history.issues,
      { ...payment, id: `duplicate_paid:${own}`, kind: 'duplicate_paid', outcome: null },
    ],
  }
}

function hidePaidOrder(history: HttpHistory): HttpHistory | null {
  const own = ownPayment(history)
  const payment = history.payments.find(({ imp_uid }) => imp_uid === own)
  const first = history.operations.find(
    ({ action, merchant_uid }) => action === 'create' && merchant_uid === payment?.merchant_uid,
  )
  if (payment === undefined || payment.cancel_amount > 0 || first?.code !== 201) return null
  const others = history.operations.filter((each) => each.merchant_uid !== payment.merchant_uid)
  const deliveries = history.deliveries.filter(
    ({ text }) => !text.includes(`"${payment.merchant_uid}"`),
  )
  return { ...history, deliveries, operations: [...others, first, { ...first, action: 'read' }] }
}

function refundUnasked(history: HttpHistory): HttpHistory | null {
  const isAsked = history.operations.some(({ action }) => /cancel|refund_issue/.test(action))
  const own = ownPayment(history)
  const payment = history.payments.find(({ imp_uid }) => imp_uid === own)
  return isAsked || own === null || payment === undefined
    ? null
    : changePayment(history, own, { cancel_amount: payment.amount })
}

function keepUnmatchedMoney(history: HttpHistory): HttpHistory | null {
  const refunded = history.issues.find(
    ({ outcome, merchant_uid, imp_uid }) =>
      outcome === 'refunded' &&
      history.payments.some((each) => each.imp_uid === imp_uid && each.pay_method === 'card') &&
      history.orderSpecs.some(
        (each) => each.merchant_uid === merchant_uid && each.unmatched === 'refund',
      ),
  )
  if (refunded === undefined || history.faultWindows.length > 0) return null
  return changePayment(history, refunded.imp_uid, { cancel_amount: 0 })
}

function leakInResponse(history: HttpHistory): HttpHistory | null {
  const [secret] = history.secrets
  return changeOperation(
    history,
    ({ action }) => action === 'complete',
    () => ({ text: `{"message":"${secret}"}` }),
  )
}

function leakInEvent(history: HttpHistory): HttpHistory | null {
  const [event] = history.deliveries
  if (event === undefined) return null
  const text = event.text.replace('"data":{', `"data":{"key":"${history.secrets.at(-1)}",`)
  return { ...history, deliveries: [...history.deliveries, { ...event, text }] }
}

function leakToken(history: HttpHistory): HttpHistory | null {
  const created = history.operations.find(({ action, code }) => action === 'create' && code === 201)
  if (created === undefined) return null
  const { order_token } = JSON.parse(created.text)
  return changeOperation(
    history,
    ({ action }) => action === 'complete',
    () => ({
      text: `{"order_token":"${order_token}"}`,
    }),
  )
}
