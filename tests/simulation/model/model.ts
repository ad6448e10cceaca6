import {
  type EventRow,
  isWon,
  rank,
  type Standing,
  type Version,
  type Word,
} from '../checkers/history.ts'

// What must hold after every single deed, said once more and shortly: an order learns only what a payment of
// its own said while somebody had it in hand, and it learns all that was said to somebody who was answered.

/** An order as far as the model follows it; `issued` is the second its account was opened, or 0. */
export interface Row {
  readonly status: Standing
  readonly imp_uid: string | null
  readonly cancelled: number
  readonly issued: number
}

/** What the provider says of a payment. */
export interface News {
  readonly imp_uid: string
  readonly status: Word
  readonly cancelled: number
  readonly issued: number
}

/** A payment of which somebody has a record in hand, read when it had reached version `since` or later. */
export interface Hand {
  readonly merchant_uid: string
  readonly imp_uid: string
  readonly issued: number
  readonly versions: readonly Version[]
  readonly since: number
}

/** An order that the model follows. */
export interface Followed {
  readonly merchant_uid: string
  readonly isLateWelcome: boolean
  row: Row
  sequence: number
}

export type Lesson = Row | 'duplicate_paid' | 'late_paid'

export const unpaid: Row = { status: 'pending', imp_uid: null, cancelled: 0, issued: 0 }

/** What an order becomes by news of a payment that is its own, or what is told of that payment instead. */
export function learn(row: Row, news: News, isLateWelcome: boolean): Lesson {
  if (news.status === 'pending') return row
  const isMoney = news.status === 'paid' || news.status === 'partially_cancelled'
  const become: Row = { ...news, status: news.status }
  if (row.status === 'expired' && isMoney) return isLateWelcome ? become : 'late_paid'
  if (row.imp_uid === null || row.imp_uid === news.imp_uid) {
    return rank(news) > rank(row) ? become : row
  }
  if (isMoney && isWon(row.status)) {
    return row.status === 'cancelled' ? 'late_paid' : 'duplicate_paid'
  }
  if (isMoney) return become
  const isNewer = row.status === 'vbank_issued' && news.issued > row.issued
  const isNext = row.status === 'failed' || isNewer
  return news.status === 'vbank_issued' && isNext ? become : row
}

export function isSameRow(one: Lesson, other: Lesson): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return (
    one.status === other.status &&
    one.imp_uid === other.imp_uid &&
    one.cancelled === other.cancelled
  )
}

export function newsOf({ imp_uid, issued }: Hand, { status, cancelled }: Version): News {
  return { imp_uid, issued, status, cancelled }
}

/** Follows an event; says what is wrong with it, or null. */
export function follow(
  order: Followed,
  event: EventRow,
  hands: readonly Hand[],
  isOverdue: (row: Row) => boolean,
): string | null {
  const about = `${event.merchant_uid} became ${event.kind} by ${event.imp_uid}`
  const before = order.row
  if (event.sequence !== order.sequence + 1) return `${about}: not the next thing that happened`
  order.sequence = event.sequence
  if (event.kind === 'expired') {
    if (!isOverdue(before)) return `${about}: nothing was overdue`
    order.row = { ...before, status: 'expired' }
    return null
  }
  for (const hand of hands) {
    if (hand.merchant_uid !== order.merchant_uid) continue
    for (const version of hand.versions.slice(hand.since)) {
      const lesson = learn(before, newsOf(hand, version), order.isLateWelcome)
      if (typeof lesson === 'string') {
        if (lesson === event.kind && event.status === before.status) return null
      } else if (lesson !== before && isSameRow(lesson, { ...event, issued: 0 })) {
        order.row = lesson
        return null
      }
    }
  }
  return `${about}: from ${before.status}, nobody had such news in hand`
}
