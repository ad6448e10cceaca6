// What a schedule left behind, and what the provider's books say. Nothing here may import the code under test:
// a judge that shares a function with it would share its mistakes. The judges beside it import this alone.

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
  verdict: 'accepted' | 'refused' | 'duplicate_paid' | 'late_paid' | 'given_back'
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
  /** All that the answer let out: its headers, its body, what was logged of it. Only where that is watched. */
  readonly text?: string
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
  /** The orders as they are stored, with all their fields; where secrets are watched. */
  readonly stored?: readonly unknown[]
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

/** Every secret of a schedule, and whatever is a buyer's own, has this word in it. */
export const canary = 'canary'

/** How far repair has come: after two minutes, or after the daily sweep as well. */
export type Stage = 'minutes' | 'day'

export function agrees(payment: TruePayment, wanted: TrueOrder): boolean {
  return (
    payment.merchant_uid === wanted.merchant_uid &&
    payment.amount === wanted.amount &&
    payment.currency === wanted.currency &&
    !payment.sandbox
  )
}

export function isWon(status: Standing): boolean {
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
export function rank(event: Pick<EventRow, 'status' | 'cancelled'>): number {
  return ranks[event.status] * 1e9 + event.cancelled
}

export function newest(payment: TruePayment): Version | undefined {
  return versionAt(payment, Number.MAX_SAFE_INTEGER)
}

export function versionAt(payment: TruePayment, step: number): Version | undefined {
  return payment.versions.findLast((each) => each.at <= step)
}
