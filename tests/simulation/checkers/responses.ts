import {
  type AnswerRow,
  agrees,
  type EventRow,
  type Evidence,
  isWon,
  type TruePayment,
  versionAt,
} from './history.ts'

/** I7, I10, I11, I13: what the doors answered. */
export function checkAnswer(answer: AnswerRow, seen: Evidence, broken: string[]): void {
  const { imp_uid, merchant_uid, channel, code, word } = answer
  const about = `${channel} of ${imp_uid} for ${merchant_uid}`
  const payment = seen.payments.find((each) => each.imp_uid === imp_uid)
  const wanted = seen.wanted.find((each) => each.merchant_uid === merchant_uid)
  const isKnown = wanted !== undefined && wanted.at <= answer.to
  const isHonest = payment !== undefined && wanted !== undefined && agrees(payment, wanted)
  if (word === 'forgery' && isHonest && isKnown && wanted.at < answer.from) {
    broken.push(`I7 ${about}: called a forgery`)
  }
  if (word !== null && word !== 'forgery' && word !== 'pending') {
    const stood = standingsBetween(answer, seen)
    // To a buyer whose account expired the payment failed.
    if (!stood.includes(word) && !(word === 'failed' && stood.includes('expired'))) {
      broken.push(`I13 ${about}: answered ${word}, which the order never was meanwhile`)
    }
  }
  if (answer.lookups > 1) broken.push(`I11 ${about}: ${answer.lookups} lookups`)
  if (answer.lookups > 0 && wasSettled(answer, seen)) {
    broken.push(`I11 ${about}: looked up although the order was settled`)
  }
  if (channel !== 'webhook') return
  const existed = payment?.versions.some((each) => each.at < answer.from) === true
  if (code >= 400 && code < 500) broken.push(`I10 ${about}: answered ${code}, nobody will resend`)
  const isCalm = answer.faults === 0 && !wasRefundedMeanwhile(answer, payment)
  if (code >= 500 && isCalm && existed && isKnown && wanted.at < answer.from) {
    broken.push(`I10 ${about}: answered ${code} though nothing had failed`)
  }
  if (code < 300 && wanted === undefined) broken.push(`I10 ${about}: took an unknown order`)
  if (code < 300 && payment !== undefined && isKnown && !isDurable(answer, payment, seen)) {
    broken.push(`I10 ${about}: answered ${code} and kept nothing`)
  }
}

/** Whether what was read may be old by the time of the answer: who asks again gets the newer record. */
function wasRefundedMeanwhile({ from, to }: AnswerRow, payment: TruePayment | undefined): boolean {
  const isBack = (step: number): boolean =>
    payment !== undefined && versionAt(payment, step)?.status === 'cancelled'
  return isBack(to) && !isBack(from)
}

/** Whether what was true when the notice was sent is written down when it is answered. */
function isDurable(answer: AnswerRow, payment: TruePayment, seen: Evidence): boolean {
  const sent = versionAt(payment, answer.from)
  if (sent === undefined || !isWon(sent.status)) return true
  const stands = standing(answer, answer.to, seen)
  if (stands?.imp_uid === answer.imp_uid && isWon(stands.status)) {
    return answer.claimed !== 'cancelled' || stands.cancelled >= sent.cancelled
  }
  return isNoted(answer, seen)
}

function isNoted(answer: AnswerRow, seen: Evidence): boolean {
  return seen.attempts.some(
    (each) =>
      each.imp_uid === answer.imp_uid &&
      each.merchant_uid === answer.merchant_uid &&
      (each.verdict !== 'accepted' || each.before !== null) &&
      each.at <= answer.to,
  )
}

function standing(answer: AnswerRow, step: number, seen: Evidence): EventRow | undefined {
  return seen.events.findLast(
    (each) => each.merchant_uid === answer.merchant_uid && each.at <= step,
  )
}

function standingsBetween(answer: AnswerRow, seen: Evidence): readonly string[] {
  const events = seen.events.filter(
    (each) => each.merchant_uid === answer.merchant_uid && each.at <= answer.to,
  )
  const first = events.findLastIndex((each) => each.at <= answer.from)
  const shown = events.slice(Math.max(first, 0)).map((each) => each.status)
  return first < 0 ? ['pending', ...shown] : shown
}

/** A repeat of what the order already says must not cost a lookup. */
function wasSettled(answer: AnswerRow, seen: Evidence): boolean {
  const stood = seen.events.findLast(
    (each) => each.merchant_uid === answer.merchant_uid && each.at < answer.from,
  )
  if (stood === undefined || stood.imp_uid !== answer.imp_uid || !isWon(stood.status)) return false
  return stood.status === 'cancelled' || answer.claimed !== 'cancelled'
}
