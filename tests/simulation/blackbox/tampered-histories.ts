import type { Evidence, Operation, Told } from './checkers/http-history.ts'
import { add, bornOnly, change, isPastFirst, ownPayment, rebook } from './tamper.ts'

// Histories that were tampered with: what the judge must notice. Each lie takes a true history; null where the
// history has nothing to lie about.

type Lie = (truth: Evidence) => Evidence | null

/** The lies, each with the words in which it has to be noticed. */
export const lies: readonly (readonly [string, RegExp, Lie])[] = [
  ['an event is missing', /its \d+ events say/, loseEvent],
  ['paid was told by two events', /was told paid by .+ and/, tellTwice],
  ['two events changed places', /went from|differs from its event/, swapEvents],
  ['an event came with two bodies', /came with two bodies/, rewriteEvent],
  ['an event was never taken', /was never taken/, refuseEvents],
  ['an event waits although repair ran', /not even tried/, leaveUntried],
  ['an order is paid that nobody paid', /knows nothing such/, unpay],
  ['an order was paid before its payment was', /before .+ was paid/, payLater],
  ['a payment of another order paid it', /knows nothing such/, bookElsewhere],
  ['a read is older than one before it', /saw 0 after/, readStale],
  ['a page goes back to pending', /saw 0 after/, pageStale],
  ['a read differs from the event of its sequence', /differs from its event/, bendRead],
  ['a cancel was forgotten at the end', /given back, at the provider/, forgetCancel],
  ['a webhook was taken and its news lost', /saw 0 after/, takeAndForget],
  ['a resend was asked for that cannot help', /that cannot help/, askAgain],
  ['a resend of rubbish was asked for', /resend of rubbish/, askForRubbish],
  ['an honest payment is called forgery', /honest, and called forgery/, accuse],
  ['an honest phone is led to the failure page', /failure page/, misleadPhone],
  ['a forgery is believed', /a forgery was believed/, believe],
  ['another amount is approved', /another amount was approved/, approveOther],
  ['a stranger is let in', /a stranger was let in/, letIn],
  ['an answer is an internal error', /an internal error/, crash],
  ['a connection broke and nothing had died', /nothing died/, cutOff],
  ['an exception was told to nobody', /told to nobody/, keepQuiet],
  ['a closed order has an open account', /can still be paid into/, reopenAccount],
  ['money is in no book', /the provider holds/, loseMoney],
  ['money is in two books', /the provider holds/, countTwice],
  ['a paid order stays open', /and .+ is paid/, neverNotice],
  ['money went back that nobody asked for', /went back unasked/, giveBackUnasked],
  ['stray money was kept against the policy', /given back by policy/, keepStray],
  ['a secret is in an answer', /a secret came out/, leakInAnswer],
  ['a secret is in an event', /a secret came out/, leakInEvent],
  ["an order's token is at another door", /token came out/, leakToken],
]

function loseEvent(truth: Evidence): Evidence | null {
  const lost = truth.told.find(({ text }) => text.includes('"order.'))
  return lost ? { ...truth, told: truth.told.filter(({ id }) => id !== lost.id) } : null
}

function tellTwice(truth: Evidence): Evidence | null {
  const paid = truth.told.find(({ text }) => text.includes('"order.paid"'))
  return paid ? { ...truth, told: [...truth.told, { ...paid, id: `${paid.id}-again` }] } : null
}

function swapEvents(truth: Evidence): Evidence | null {
  const isStep = (step: number) => (each: Told) => each.text.includes(`"sequence":${step},`)
  const second = truth.told.find(isStep(2))
  const order = second && JSON.parse(second.text).data.merchant_uid
  const first = truth.told.find(
    (each) => isStep(1)(each) && JSON.parse(each.text).data.merchant_uid === order,
  )
  if (second === undefined || first === undefined) return null
  const renumber = (each: Told): Told => {
    if (each.id === first.id) return { ...each, text: setStep(each.text, 1, 2) }
    return each.id === second.id ? { ...each, text: setStep(each.text, 2, 1) } : each
  }
  return { ...truth, told: truth.told.map(renumber) }
}

function setStep(text: string, from: number, to: number): string {
  return text.replace(`"sequence":${from},`, `"sequence":${to},`)
}

function rewriteEvent(truth: Evidence): Evidence | null {
  const [event] = truth.told
  return event ? { ...truth, told: [...truth.told, { ...event, text: `${event.text} ` }] } : null
}

function refuseEvents(truth: Evidence): Evidence | null {
  if (truth.told.length === 0) return null
  return { ...truth, told: truth.told.map((each) => ({ ...each, status: 500 })) }
}

function leaveUntried(truth: Evidence): Evidence | null {
  return { ...truth, untried: ['an event'] }
}

function unpay(truth: Evidence): Evidence | null {
  const own = ownPayment(truth)
  return own === null ? null : rebook(truth, own, { paid_at: 0 })
}

function payLater(truth: Evidence): Evidence | null {
  const own = ownPayment(truth)
  const isPay = (each: Operation) => each.deed === 'pay' && each.imp_uid === own
  return change(truth, isPay, ({ from, to }) => ({ from: from + 1e6, to: to + 1e6 }))
}

function bookElsewhere(truth: Evidence): Evidence | null {
  const own = ownPayment(truth)
  return own === null ? null : rebook(truth, own, { merchant_uid: 'somebody-elses' })
}

function readStale(truth: Evidence): Evidence | null {
  const first = truth.operations.find(({ deed, code }) => deed === 'create' && (code ?? 500) < 300)
  const last = truth.operations.findLast(
    (each) =>
      each.deed === 'read' && each.merchant_uid === first?.merchant_uid && isPastFirst(each),
  )
  if (first === undefined || last === undefined) return null
  return add(truth, { ...last, from: last.to + 1, to: last.to + 2, text: first.text })
}

function pageStale(truth: Evidence): Evidence | null {
  const late = truth.operations.findLast(
    ({ deed, code, text, by }) =>
      deed === 'buyer_read' && by === 'buyer' && code === 200 && text.includes('"success"'),
  )
  if (late === undefined) return null
  const text = late.text.replace('"success"', '"pending"')
  return add(truth, { ...late, from: late.to + 1, to: late.to + 2, text })
}

function bendRead(truth: Evidence): Evidence | null {
  const isLate = (each: Operation) => each.deed === 'read' && isPastFirst(each)
  return change(truth, isLate, ({ text }) => ({ text: text.replace('"amount":', '"amount":1') }))
}

function forgetCancel(truth: Evidence): Evidence | null {
  const own = ownPayment(truth)
  const payment = truth.booked.find(({ imp_uid }) => imp_uid === own)
  if (own === null || payment === undefined || payment.cancel_amount > 0) return null
  return rebook(truth, own, { cancel_amount: payment.amount })
}

function takeAndForget(truth: Evidence): Evidence | null {
  const told = truth.operations.find(
    (each) =>
      each.deed === 'webhook' &&
      each.code === 200 &&
      each.by === 'provider' &&
      each.claim === 'paid' &&
      each.imp_uid === ownPayment(truth),
  )
  const first = truth.operations.find(
    (each) =>
      each.deed === 'create' &&
      each.merchant_uid === told?.merchant_uid &&
      (each.code ?? 500) < 300,
  )
  if (told === undefined || first === undefined) return null
  // Only the webhook's own answer may give it away: no event, and no other read.
  const late = truth.told.map((each) => ({ ...each, at: each.at + 1e6 }))
  const stale = { ...first, deed: 'read' as const, code: 200, from: told.to + 1, to: told.to + 2 }
  const alone = truth.operations.filter(
    (each) => each.deed !== 'read' || each.merchant_uid !== told.merchant_uid,
  )
  const last = truth.operations.findLast(
    (each) => each.deed === 'read' && each.merchant_uid === told.merchant_uid,
  )
  return { ...truth, told: late, operations: [...alone, stale, ...(last ? [last] : [])] }
}

function askAgain(truth: Evidence): Evidence | null {
  const own = ownPayment(truth)
  const steps = truth.told.length
  if (own === null || steps > 3) return null
  const isNews = (each: Operation) =>
    each.deed === 'webhook' &&
    each.imp_uid === own &&
    each.code === 200 &&
    each.to - each.from < 3_000 &&
    truth.operations.some(
      (other) =>
        other.deed === 'create' && other.merchant_uid === each.merchant_uid && other.to < each.from,
    )
  return change(truth, isNews, () => ({ code: 503 }))
}

function askForRubbish(truth: Evidence): Evidence | null {
  const isRubbish = ({ deed, imp_uid }: Operation) => deed === 'webhook' && imp_uid === null
  return change(truth, isRubbish, () => ({ code: 503 }))
}

function accuse(truth: Evidence): Evidence | null {
  const isHonest = ({ deed, code, text }: Operation) =>
    deed === 'complete' && code === 200 && text.includes('"success"')
  return change(bornOnly(truth), isHonest, () => ({ code: 409, text: '{"status":"forgery"}' }))
}

function misleadPhone(truth: Evidence): Evidence | null {
  const isGood = ({ deed, text, merchant_uid }: Operation) =>
    deed === 'redirect' &&
    text.endsWith('/success') &&
    !truth.operations.some((each) => each.deed === 'fail' && each.merchant_uid === merchant_uid)
  return change(bornOnly(truth), isGood, () => ({ text: 'https://shop.example/result/failed' }))
}

function believe(truth: Evidence): Evidence | null {
  const isForged = ({ deed, by, code }: Operation) =>
    deed === 'complete' && by === 'stranger' && code === 409
  return change(truth, isForged, () => ({ code: 200, text: '{"status":"success"}' }))
}

function approveOther(truth: Evidence): Evidence | null {
  const isOther = ({ deed, by, code }: Operation) =>
    deed === 'confirm' && by === 'stranger' && code === 409
  return change(truth, isOther, () => ({ code: 200 }))
}

function letIn(truth: Evidence): Evidence | null {
  const isGuess = ({ deed, by }: Operation) => deed === 'buyer_read' && by === 'stranger'
  return change(truth, isGuess, () => ({ code: 200 }))
}

function crash(truth: Evidence): Evidence | null {
  const isFast = ({ deed, from, to }: Operation) => deed === 'read' && to - from < 3_000
  return change(truth, isFast, () => ({ code: 500, text: '{"error":"internal"}' }))
}

function cutOff(truth: Evidence): Evidence | null {
  return change(
    truth,
    ({ deed }) => deed === 'redirect',
    () => ({ code: null, text: '' }),
  )
}

function loseMoney(truth: Evidence): Evidence | null {
  const kept = truth.exempt.find(({ imp_uid }) =>
    truth.booked.some((each) => each.imp_uid === imp_uid && each.cancel_amount === 0),
  )
  return kept ? { ...truth, exempt: truth.exempt.filter((each) => each !== kept) } : null
}

function keepQuiet(truth: Evidence): Evidence | null {
  const told = truth.told.filter(({ text }) => !text.includes('"mismatch_paid"'))
  return told.length < truth.told.length ? { ...truth, told } : null
}

function reopenAccount(truth: Evidence): Evidence | null {
  const closed = truth.operations.find(
    ({ by, text }) => by === 'auditor' && /"status":"cancelled".*"cancelled_amount":0,/.test(text),
  )
  const account = truth.booked.find(
    (each) => each.merchant_uid === closed?.merchant_uid && each.pay_method === 'vbank',
  )
  return account && account.paid_at === 0
    ? rebook(truth, account.imp_uid, { status: 'ready' })
    : null
}

function countTwice(truth: Evidence): Evidence | null {
  const own = ownPayment(truth)
  const payment = truth.booked.find(({ imp_uid }) => imp_uid === own)
  if (payment === undefined || payment.cancel_amount > 0) return null
  return {
    ...truth,
    exempt: [
      ...truth.exempt,
      { ...payment, id: `duplicate_paid:${own}`, kind: 'duplicate_paid', outcome: null },
    ],
  }
}

function neverNotice(truth: Evidence): Evidence | null {
  const own = ownPayment(truth)
  const payment = truth.booked.find(({ imp_uid }) => imp_uid === own)
  const first = truth.operations.find(
    ({ deed, merchant_uid }) => deed === 'create' && merchant_uid === payment?.merchant_uid,
  )
  if (payment === undefined || payment.cancel_amount > 0 || first?.code !== 201) return null
  const others = truth.operations.filter((each) => each.merchant_uid !== payment.merchant_uid)
  const told = truth.told.filter(({ text }) => !text.includes(`"${payment.merchant_uid}"`))
  return { ...truth, told, operations: [...others, first, { ...first, deed: 'read' }] }
}

function giveBackUnasked(truth: Evidence): Evidence | null {
  const isAsked = truth.operations.some(({ deed }) => /cancel|give_back/.test(deed))
  const own = ownPayment(truth)
  const payment = truth.booked.find(({ imp_uid }) => imp_uid === own)
  return isAsked || own === null || payment === undefined
    ? null
    : rebook(truth, own, { cancel_amount: payment.amount })
}

function keepStray(truth: Evidence): Evidence | null {
  const given = truth.exempt.find(
    ({ outcome, merchant_uid, imp_uid }) =>
      outcome === 'given_back' &&
      truth.booked.some((each) => each.imp_uid === imp_uid && each.pay_method === 'card') &&
      truth.wanted.some((each) => each.merchant_uid === merchant_uid && each.stray === 'refund'),
  )
  if (given === undefined || truth.troubles.length > 0) return null
  return rebook(truth, given.imp_uid, { cancel_amount: 0 })
}

function leakInAnswer(truth: Evidence): Evidence | null {
  const [secret] = truth.secrets
  return change(
    truth,
    ({ deed }) => deed === 'complete',
    () => ({ text: `{"message":"${secret}"}` }),
  )
}

function leakInEvent(truth: Evidence): Evidence | null {
  const [event] = truth.told
  if (event === undefined) return null
  const text = event.text.replace('"data":{', `"data":{"key":"${truth.secrets.at(-1)}",`)
  return { ...truth, told: [...truth.told, { ...event, text }] }
}

function leakToken(truth: Evidence): Evidence | null {
  const created = truth.operations.find(({ deed, code }) => deed === 'create' && code === 201)
  if (created === undefined) return null
  const { order_token } = JSON.parse(created.text)
  return change(
    truth,
    ({ deed }) => deed === 'complete',
    () => ({
      text: `{"order_token":"${order_token}"}`,
    }),
  )
}
