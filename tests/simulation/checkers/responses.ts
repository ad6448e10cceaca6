import {
  type ActualPayment,
  alwaysMatches,
  type EventRow,
  type History,
  hasBeenPaid,
  type ResponseRow,
  versionAt,
} from './history.ts'

/** I7, I10, I11, I13: the responses to notices. */
export function checkResponse(response: ResponseRow, history: History, violations: string[]): void {
  const { imp_uid, merchant_uid, channel, code, status } = response
  const about = `${channel} of ${imp_uid} for ${merchant_uid}`
  const payment = history.payments.find((each) => each.imp_uid === imp_uid)
  const spec = history.orderSpecs.find((each) => each.merchant_uid === merchant_uid)
  const isKnown = spec !== undefined && spec.at <= response.to
  const matchesOrder = payment !== undefined && spec !== undefined && alwaysMatches(payment, spec)
  if (status === 'forgery' && matchesOrder && isKnown && spec.at < response.from) {
    violations.push(`I7 ${about}: reported as a forgery`)
  }
  if (status !== null && status !== 'forgery' && status !== 'pending') {
    const statuses = statusesBetween(response, history)
    // A buyer whose account expired is shown a failed payment.
    if (!statuses.includes(status) && !(status === 'failed' && statuses.includes('expired'))) {
      violations.push(`I13 ${about}: responded ${status}, which the order never was meanwhile`)
    }
  }
  if (response.lookups > 1) violations.push(`I11 ${about}: ${response.lookups} lookups`)
  if (response.lookups > 0 && wasSettled(response, history)) {
    violations.push(`I11 ${about}: a lookup although the order was settled`)
  }
  if (channel !== 'webhook') return
  const existed = payment?.versions.some((each) => each.at < response.from) === true
  if (code >= 400 && code < 500)
    violations.push(`I10 ${about}: responded ${code}, which is not resent`)
  const isFaultless = response.faults === 0 && !wasRefundedMeanwhile(response, payment)
  if (code >= 500 && isFaultless && existed && isKnown && spec.at < response.from) {
    violations.push(`I10 ${about}: responded ${code} without a fault`)
  }
  if (code < 300 && spec === undefined) violations.push(`I10 ${about}: accepted an unknown order`)
  if (code < 300 && payment !== undefined && isKnown && !isDurable(response, payment, history)) {
    violations.push(`I10 ${about}: responded ${code} and kept nothing`)
  }
}

/** Whether the record may be old by the time of the response: the next lookup gets the newer one. */
function wasRefundedMeanwhile(
  { from, to }: ResponseRow,
  payment: ActualPayment | undefined,
): boolean {
  const isRefunded = (step: number): boolean =>
    payment !== undefined && versionAt(payment, step)?.status === 'cancelled'
  return isRefunded(to) && !isRefunded(from)
}

/** Whether the state of the payment when the notice was sent is recorded by the time of the response. */
function isDurable(response: ResponseRow, payment: ActualPayment, history: History): boolean {
  const sent = versionAt(payment, response.from)
  if (sent === undefined || !hasBeenPaid(sent.status)) return true
  const current = lastEventAt(response, response.to, history)
  if (current?.imp_uid === response.imp_uid && hasBeenPaid(current.status)) {
    return response.claimed !== 'cancelled' || current.cancelled >= sent.cancelled
  }
  return isRecorded(response, history)
}

function isRecorded(response: ResponseRow, history: History): boolean {
  return history.attempts.some(
    (each) =>
      each.imp_uid === response.imp_uid &&
      each.merchant_uid === response.merchant_uid &&
      (each.outcome !== 'accepted' || each.previous !== null) &&
      each.at <= response.to,
  )
}

function lastEventAt(response: ResponseRow, step: number, history: History): EventRow | undefined {
  return history.events.findLast(
    (each) => each.merchant_uid === response.merchant_uid && each.at <= step,
  )
}

function statusesBetween(response: ResponseRow, history: History): readonly string[] {
  const events = history.events.filter(
    (each) => each.merchant_uid === response.merchant_uid && each.at <= response.to,
  )
  const first = events.findLastIndex((each) => each.at <= response.from)
  const shown = events.slice(Math.max(first, 0)).map((each) => each.status)
  return first < 0 ? ['pending', ...shown] : shown
}

/** Whether the order already had what the notice claims: then it must not cost a lookup. */
function wasSettled(response: ResponseRow, history: History): boolean {
  const last = history.events.findLast(
    (each) => each.merchant_uid === response.merchant_uid && each.at < response.from,
  )
  if (last === undefined || last.imp_uid !== response.imp_uid || !hasBeenPaid(last.status))
    return false
  return last.status === 'cancelled' || response.claimed !== 'cancelled'
}
