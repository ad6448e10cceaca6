// What a schedule left behind, held against what the provider's books say. Nothing here may import the code
// under test: an oracle that shares a function with it would share its mistakes.

export type Word =
  | 'pending'
  | 'vbank_issued'
  | 'paid'
  | 'failed'
  | 'partially_cancelled'
  | 'cancelled'
export type Standing = Word | 'expired'

/** One state of a payment on the provider's books; `at` is the step it began, Infinity before that. */
export interface Version {
  readonly status: Word
  readonly cancelled: number
  at: number
}

/** A payment as it truly is. */
export interface TruePayment {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly sandbox: boolean
  readonly versions: readonly Version[]
}

/** What the merchant asked for; `at` is the step at which the order was there, Infinity if never. */
export interface TrueOrder {
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  at: number
}

export interface OrderRow {
  readonly merchant_uid: string
  readonly status: Standing
  readonly imp_uid: string | null
  readonly cancelled: number
  readonly sequence: number
}

export interface EventRow {
  readonly id: string
  readonly merchant_uid: string
  readonly sequence: number
  readonly kind: Standing | 'duplicate_paid' | 'late_paid'
  readonly status: Standing
  readonly imp_uid: string | null
  readonly cancelled: number
  readonly at: number
}

export interface AttemptRow {
  readonly imp_uid: string
  readonly merchant_uid: string
  verdict: 'accepted' | 'refused' | 'duplicate_paid' | 'late_paid'
  /** The verdict that `accepted` overtook; null when there was none. */
  before: AttemptRow['verdict'] | null
  /** When the payment was first noted, or accepted. */
  at: number
}

/** One lease of an event, in simulated milliseconds. */
export interface ClaimRow {
  readonly id: string
  readonly at: number
  readonly until: number
}

/** What a notice was answered. `word` is what the answer says of the order or the payment. */
export interface AnswerRow {
  readonly channel: 'callback' | 'redirect' | 'webhook'
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly claimed: string | null
  readonly from: number
  readonly to: number
  readonly code: number
  readonly word: Standing | 'forgery' | null
  readonly faults: number
  readonly lookups: number
}

/** What the receiving shop did for one order. */
export interface ShopRow {
  readonly merchant_uid: string
  readonly fulfilled: number
  readonly status: Standing | null
  readonly sequence: number
}

/** Everything a schedule left. */
export interface Evidence {
  readonly wanted: readonly TrueOrder[]
  readonly payments: readonly TruePayment[]
  readonly orders: readonly OrderRow[]
  readonly events: readonly EventRow[]
  readonly attempts: readonly AttemptRow[]
  readonly claims: readonly ClaimRow[]
  readonly answers: readonly AnswerRow[]
  readonly shop: readonly ShopRow[]
  /** Payments of no order of ours that the daily sweep put aside. */
  readonly orphans: readonly string[]
  /** Tasks that neither ended nor died. */
  readonly loose: number
}

/** How far repair has come: after two minutes, or after the daily sweep as well. */
export type Stage = 'minutes' | 'day'

/** Says which invariants a schedule broke; an empty list when none. */
export function judgeSchedule(seen: Evidence, stage: Stage): string[] {
  const broken: string[] = []
  for (const order of seen.orders) {
    checkFulfilled(order, seen, broken)
    checkNewest(order, seen, stage, broken)
  }
  // What happened before the day's sweep is still there after it.
  if (stage === 'minutes') return broken
  for (const order of seen.orders) {
    const events = seen.events.filter((each) => each.merchant_uid === order.merchant_uid)
    checkHistory(order, events, broken)
    checkJustified(order, events, seen, broken)
    checkShop(order, seen, broken)
  }
  checkHolders(seen, broken)
  for (const payment of seen.payments) checkMoney(payment, seen, broken)
  for (const row of seen.attempts) checkRefusal(row, seen, broken)
  for (const answer of seen.answers) checkAnswer(answer, seen, broken)
  checkLeases(seen.claims, broken)
  if (seen.loose > 0) broken.push(`I15 ${seen.loose} task(s) neither ended nor died`)
  return broken
}

/** I1, I14: paid once, one row a change, and the rows replay to the state. */
function checkHistory(order: OrderRow, events: readonly EventRow[], broken: string[]): void {
  const { merchant_uid, sequence, status } = order
  if (events.filter((each) => each.kind === 'paid').length > 1) {
    broken.push(`I1 ${merchant_uid} became paid more than once`)
  }
  const isContiguous = events.every((each, at) => each.sequence === at + 1)
  if (!isContiguous || events.length !== sequence) {
    broken.push(`I14 ${merchant_uid} has ${events.length} events for sequence ${sequence}`)
  }
  const last = events.at(-1)
  const stands = last?.status ?? 'pending'
  if (stands !== status || (last !== undefined && last.imp_uid !== order.imp_uid)) {
    broken.push(`I14 ${merchant_uid} is ${status}, its events say ${stands}`)
  }
}

/** I2, I6, I7: every change was true at the provider before it was written, and none goes back. */
function checkJustified(
  order: OrderRow,
  events: readonly EventRow[],
  seen: Evidence,
  broken: string[],
): void {
  const { merchant_uid } = order
  let before: EventRow | null = null
  for (const event of events) {
    if (event.status !== (before?.status ?? 'pending') && event.status !== 'expired') {
      const payment = seen.payments.find((each) => each.imp_uid === event.imp_uid)
      const wanted = seen.wanted.find((each) => each.merchant_uid === merchant_uid)
      const isTrue = payment?.versions.some(
        (each) =>
          each.status === event.status && each.cancelled === event.cancelled && each.at <= event.at,
      )
      if (payment === undefined || wanted === undefined || isTrue !== true) {
        broken.push(`I7 ${merchant_uid} became ${event.status}, which ${event.imp_uid} never was`)
      } else if (!agrees(payment, wanted)) {
        broken.push(
          `I2 ${merchant_uid} became ${event.status} by ${event.imp_uid}, not its payment`,
        )
      }
    }
    if (before !== null && rank(event) < rank(before) && before.imp_uid === event.imp_uid) {
      broken.push(`I6 ${merchant_uid} went from ${before.status} back to ${event.status}`)
    }
    before = event
  }
}

/** I1, I2, I4: the shop delivered what was paid, and once. */
function checkFulfilled(order: OrderRow, seen: Evidence, broken: string[]): void {
  const { merchant_uid, status } = order
  const fulfilled = shopRow(order, seen)?.fulfilled ?? 0
  if (fulfilled > 1) broken.push(`I1 ${merchant_uid} was fulfilled ${fulfilled} times`)
  if (fulfilled === 0 && (status === 'paid' || status === 'partially_cancelled')) {
    broken.push(`I4 ${merchant_uid} is ${status} and was not fulfilled`)
  }
  const mayFulfil = seen.events.some(
    (each) =>
      each.merchant_uid === merchant_uid &&
      (each.status === 'paid' || each.status === 'partially_cancelled'),
  )
  if (fulfilled > 0 && !mayFulfil) broken.push(`I2 ${merchant_uid} was fulfilled and never paid`)
}

/** I9: whatever the order in which events arrived, the shop knows the order as it stands. */
function checkShop(order: OrderRow, seen: Evidence, broken: string[]): void {
  const { merchant_uid, status, sequence } = order
  const row = shopRow(order, seen)
  if (sequence > 0 && (row?.status !== status || row.sequence !== sequence)) {
    broken.push(`I9 ${merchant_uid} is ${status}, the shop believes ${row?.status ?? 'nothing'}`)
  }
}

function shopRow(order: OrderRow, seen: Evidence): ShopRow | undefined {
  return seen.shop.find((each) => each.merchant_uid === order.merchant_uid)
}

/** I4, I6: what money did upstream has arrived here. */
function checkNewest(order: OrderRow, seen: Evidence, stage: Stage, broken: string[]): void {
  const { merchant_uid, status, imp_uid } = order
  const wanted = seen.wanted.find((each) => each.merchant_uid === merchant_uid)
  const isOpen = status === 'pending' || status === 'vbank_issued' || status === 'failed'
  const paid = seen.payments.find(
    (each) => wanted !== undefined && agrees(each, wanted) && newest(each)?.status === 'paid',
  )
  if (isOpen && paid !== undefined) {
    broken.push(`I4 ${merchant_uid} is ${status} though ${paid.imp_uid} is paid`)
  }
  const own = seen.payments.find((each) => each.imp_uid === imp_uid)
  const now = own === undefined ? undefined : newest(own)
  const isSame = now?.status === status && now.cancelled === order.cancelled
  if (now !== undefined && status !== 'expired' && !isSame && (isOpen || stage === 'day')) {
    broken.push(`I6 ${merchant_uid} is ${status}, ${imp_uid} is ${now.status}`)
  }
}

/** I3: one payment wins one order, one order is won by one payment. */
function checkHolders(seen: Evidence, broken: string[]): void {
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
function checkMoney(payment: TruePayment, seen: Evidence, broken: string[]): void {
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
      each.verdict !== 'accepted',
  )
  if (!isNoted && !seen.orphans.includes(payment.imp_uid)) {
    broken.push(`I5 ${left} ${payment.currency} of ${payment.imp_uid} belong to nothing`)
  }
}

/** I8: only what truly disagrees is refused. */
function checkRefusal(row: AttemptRow, seen: Evidence, broken: string[]): void {
  if (row.verdict !== 'refused') return
  const payment = seen.payments.find((each) => each.imp_uid === row.imp_uid)
  const wanted = seen.wanted.find((each) => each.merchant_uid === row.merchant_uid)
  if (payment !== undefined && wanted !== undefined && agrees(payment, wanted)) {
    broken.push(`I8 ${row.imp_uid} was refused for ${row.merchant_uid}, whose payment it is`)
  }
}

/** I7, I10, I11, I13: what the doors answered. */
function checkAnswer(answer: AnswerRow, seen: Evidence, broken: string[]): void {
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
  const isCalm = answer.faults === 0 && !wasCrowded(answer, seen)
  if (code >= 500 && isCalm && existed && isKnown && wanted.at < answer.from) {
    broken.push(`I10 ${about}: answered ${code} though nothing had failed`)
  }
  if (code < 300 && wanted === undefined) broken.push(`I10 ${about}: took an unknown order`)
  if (code < 300 && payment !== undefined && isKnown && !isDurable(answer, payment, seen)) {
    broken.push(`I10 ${about}: answered ${code} and kept nothing`)
  }
}

/** Whether others changed the order so often meanwhile that giving up is honest. */
function wasCrowded({ merchant_uid, from, to }: AnswerRow, seen: Evidence): boolean {
  const changes = seen.events.filter(
    (each) => each.merchant_uid === merchant_uid && each.at > from && each.at <= to,
  )
  return changes.length >= 4
}

/** Whether what was true when the notice was sent is written down when it is answered. */
function isDurable(answer: AnswerRow, payment: TruePayment, seen: Evidence): boolean {
  const sent = versionAt(payment, answer.from)
  const now = versionAt(payment, answer.to)
  if (sent === undefined || now === undefined || !isWon(sent.status)) return true
  const stands = standing(answer, answer.to, seen)
  if (stands?.imp_uid === answer.imp_uid && isWon(stands.status)) {
    return (
      answer.claimed !== 'cancelled' ||
      stands.cancelled >= sent.cancelled ||
      isBack(answer, now, seen)
    )
  }
  return isBack(answer, now, seen) || isNoted(answer, seen)
}

/**
 * Of a try whose money is all back there is nothing to keep while the order stands on another one. Should
 * an older record of it be written meanwhile, the daily sweep mends that, and I6 sees to it.
 */
function isBack(answer: AnswerRow, now: Version, seen: Evidence): boolean {
  const before = standing(answer, answer.from, seen)
  const stood = seen.events
    .filter((each) => each.merchant_uid === answer.merchant_uid)
    .filter((each) => each === before || (each.at > answer.from && each.at <= answer.to))
    .map((each) => each.imp_uid)
  return now.status === 'cancelled' && stood.some((impUid) => impUid !== answer.imp_uid)
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

/** Two sweeps at once never hold one event. */
function checkLeases(claims: readonly ClaimRow[], broken: string[]): void {
  const until = new Map<string, number>()
  for (const claim of claims) {
    if ((until.get(claim.id) ?? 0) > claim.at)
      broken.push(`I1 ${claim.id} was leased twice at once`)
    until.set(claim.id, claim.until)
  }
}

function agrees(payment: TruePayment, wanted: TrueOrder): boolean {
  return (
    payment.merchant_uid === wanted.merchant_uid &&
    payment.amount === wanted.amount &&
    payment.currency === wanted.currency &&
    !payment.sandbox
  )
}

function isWon(status: Standing): boolean {
  return status === 'paid' || status === 'partially_cancelled' || status === 'cancelled'
}

const ranks: Readonly<Record<Standing, number>> = {
  pending: 0,
  vbank_issued: 1,
  failed: 2,
  expired: 2,
  paid: 3,
  partially_cancelled: 4,
  cancelled: 5,
}

/** How much news a state holds: within one rank, more given back is newer. */
function rank(event: EventRow): number {
  return ranks[event.status] * 1e9 + event.cancelled
}

function newest(payment: TruePayment): Version | undefined {
  return versionAt(payment, Number.MAX_SAFE_INTEGER)
}

function versionAt(payment: TruePayment, step: number): Version | undefined {
  return payment.versions.findLast((each) => each.at <= step)
}
