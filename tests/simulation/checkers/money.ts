import {
  type AttemptRow,
  agrees,
  type ClaimRow,
  type Evidence,
  isWon,
  newest,
  type TruePayment,
} from './history.ts'

/** I3: one payment wins one order, one order is won by one payment. */
export function checkHolders(seen: Evidence, broken: string[]): void {
  const orderOf = new Map<string, string>()
  const winnerOf = new Map<string, string>()
  for (const { imp_uid, merchant_uid, status } of seen.events) {
    if (imp_uid === null || !isWon(status)) continue
    if ((orderOf.get(imp_uid) ?? merchant_uid) !== merchant_uid) {
      broken.push(`I3 ${imp_uid} won two orders`)
    }
    if ((winnerOf.get(merchant_uid) ?? imp_uid) !== imp_uid) {
      broken.push(`I3 ${merchant_uid} was won by two payments`)
    }
    orderOf.set(imp_uid, merchant_uid)
    winnerOf.set(merchant_uid, imp_uid)
  }
}

/** I5: every unit of real money is an order's or an exception. */
export function checkMoney(payment: TruePayment, seen: Evidence, broken: string[]): void {
  const now = newest(payment)
  if (payment.sandbox || now === undefined || !isWon(now.status)) return
  const left = payment.amount - now.cancelled
  if (left === 0) return
  const order = seen.orders.find((each) => each.imp_uid === payment.imp_uid)
  const isWinner = order !== undefined && isWon(order.status)
  if (isWinner && payment.amount - order.cancelled === left) return
  const isNoted = seen.attempts.some(
    (each) =>
      each.imp_uid === payment.imp_uid &&
      each.merchant_uid === payment.merchant_uid &&
      each.verdict !== 'accepted' &&
      each.verdict !== 'given_back',
  )
  if (!isNoted && !seen.orphans.includes(payment.imp_uid)) {
    broken.push(`I5 ${left} ${payment.currency} of ${payment.imp_uid} belong to nothing`)
  }
}

/** I8: only what truly disagrees is refused. */
export function checkRefusal(row: AttemptRow, seen: Evidence, broken: string[]): void {
  if (row.verdict !== 'refused') return
  const payment = seen.payments.find((each) => each.imp_uid === row.imp_uid)
  const wanted = seen.wanted.find((each) => each.merchant_uid === row.merchant_uid)
  if (payment !== undefined && wanted !== undefined && agrees(payment, wanted)) {
    broken.push(`I8 ${row.imp_uid} was refused for ${row.merchant_uid}, whose payment it is`)
  }
}

/** I6: money is not told as come late or twice once its refund is written. */
export function checkTold(row: AttemptRow, seen: Evidence, broken: string[]): void {
  if (row.verdict !== 'duplicate_paid' && row.verdict !== 'late_paid') return
  const refund = seen.events.find(
    (each) => each.imp_uid === row.imp_uid && each.status === 'cancelled' && each.at < row.at,
  )
  if (refund !== undefined) {
    broken.push(`I6 ${row.imp_uid} was told as ${row.verdict} after its refund was written`)
  }
}

/** Two sweeps at once never hold one event. */
export function checkLeases(claims: readonly ClaimRow[], broken: string[]): void {
  const until = new Map<string, number>()
  for (const claim of claims) {
    if ((until.get(claim.id) ?? 0) > claim.at)
      broken.push(`I1 ${claim.id} was leased twice at once`)
    until.set(claim.id, claim.until)
  }
}
