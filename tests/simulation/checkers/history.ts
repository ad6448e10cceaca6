// The history of a schedule: what it left behind, and the provider's payments. Nothing here may import the code under
// test: a checker that shares a function with it shares its errors. The checkers beside it import this alone.

export type PaymentStatus =
  | 'pending'
  | 'vbank_issued'
  | 'paid'
  | 'failed'
  | 'partially_cancelled'
  | 'cancelled'
export type OrderStatus = PaymentStatus | 'expired'

/** One state of a payment at the provider; `at` is the step at which it began, Infinity before that. */
export interface PaymentVersion {
  readonly status: PaymentStatus
  readonly cancelled: number
  at: number
  /** When the money came or, where none came, when the payment was started; in simulated milliseconds. */
  madeAt: number
}

/** A payment as it is at the provider. */
export interface ActualPayment {
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  readonly sandbox: boolean
  /** Whether it is the issue of a billing key, which no order of a workload allows to charge. */
  readonly isKeyIssue: boolean
  /** The due date of its account in simulated milliseconds; null without an account, or before it is issued. */
  dueAt: number | null
  readonly versions: readonly PaymentVersion[]
}

/** An order as the merchant created it; `at` is the step at which it was created, Infinity if never. */
export interface OrderSpec {
  readonly merchant_uid: string
  readonly amount: number
  readonly currency: string
  /** Whether money for the expired order is accepted however late it came. */
  readonly acceptsLate: boolean
  at: number
  /** When it was created, in simulated milliseconds. */
  createdAt: number
}

export interface OrderRow {
  readonly merchant_uid: string
  readonly status: OrderStatus
  readonly imp_uid: string | null
  readonly cancelled: number
  readonly sequence: number
}

export interface EventRow {
  readonly id: string
  readonly merchant_uid: string
  readonly sequence: number
  readonly kind: OrderStatus | 'duplicate_paid' | 'late_paid'
  readonly status: OrderStatus
  readonly imp_uid: string | null
  readonly cancelled: number
  /** The payments whose accounts the order waits for; empty unless it is `vbank_issued`. */
  readonly accounts: readonly string[]
  readonly at: number
  /** When it was written, in simulated milliseconds. */
  readonly ms: number
}

export interface AttemptRow {
  readonly imp_uid: string
  readonly merchant_uid: string
  outcome: 'accepted' | 'refused' | 'duplicate_paid' | 'late_paid' | 'refunded'
  /** The outcome that `accepted` replaced; null when there was none. */
  previous: AttemptRow['outcome'] | null
  /** When the payment was first recorded, or accepted. */
  at: number
}

/** One lease of an event, in simulated milliseconds. */
export interface LeaseRow {
  readonly id: string
  readonly at: number
  readonly until: number
}

/** The response to a notice. `status` is what it implies of the order or the payment. */
export interface ResponseRow {
  readonly channel: 'callback' | 'redirect' | 'webhook'
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly claimed: string | null
  readonly from: number
  readonly to: number
  readonly code: number
  readonly status: OrderStatus | 'forgery' | null
  readonly faults: number
  readonly lookups: number
  /** Headers, body and log lines of the response. Only where secrets are searched for. */
  readonly text?: string
}

/** What the merchant has of one order, and how often it fulfilled it. */
export interface MerchantRow {
  readonly merchant_uid: string
  readonly fulfilled: number
  readonly status: OrderStatus | null
  readonly sequence: number
}

/** Everything that a schedule left behind. */
export interface History {
  readonly orderSpecs: readonly OrderSpec[]
  readonly payments: readonly ActualPayment[]
  readonly orders: readonly OrderRow[]
  /** The orders as they are stored, with all their fields; where secrets are searched for. */
  readonly stored?: readonly unknown[]
  readonly events: readonly EventRow[]
  readonly attempts: readonly AttemptRow[]
  readonly leases: readonly LeaseRow[]
  readonly responses: readonly ResponseRow[]
  readonly merchant: readonly MerchantRow[]
  /** Payments of an unknown order that the daily sweep recorded. */
  readonly paymentsWithoutOrder: readonly string[]
  /** Tasks that neither ended nor crashed. */
  readonly unfinishedTasks: number
  /** How long after its last due date an order expires, in milliseconds. */
  readonly graceMs: number
  /** Since when the provider's lists are compared with the orders, in simulated milliseconds. */
  readonly comparedSince: number
}

/** Every secret of a schedule, and all personal data of a buyer, contain this text. */
export const canary = 'canary'

/** How far recovery has come: after two minutes, or after the daily sweep as well. */
export type Checkpoint = 'minutes' | 'day'

export function matches(payment: ActualPayment, spec: OrderSpec): boolean {
  return (
    payment.merchant_uid === spec.merchant_uid &&
    payment.amount === spec.amount &&
    payment.currency === spec.currency &&
    !payment.sandbox &&
    !payment.isKeyIssue
  )
}

/** Whether a payment was made more than an hour before the order was created: then it is not its payment. */
export function isTooOld({ madeAt }: PaymentVersion, { createdAt }: OrderSpec): boolean {
  return madeAt < createdAt - 3_600_000
}

/** Whether a payment belongs to an order in each of the states that it has reached. */
export function alwaysMatches(payment: ActualPayment, spec: OrderSpec): boolean {
  const reached = payment.versions.filter(({ at }) => at !== Number.POSITIVE_INFINITY)
  return matches(payment, spec) && !reached.some((version) => isTooOld(version, spec))
}

/** Whether money may still come for an order. */
export function isOpen(status: OrderStatus | undefined): boolean {
  return status === 'pending' || status === 'vbank_issued' || status === 'failed'
}

/** Whether an order is paid, in whole or in what is left of it. */
export function isPaid(status: OrderStatus | null): boolean {
  return status === 'paid' || status === 'partially_cancelled'
}

export function hasBeenPaid(status: OrderStatus): boolean {
  return isPaid(status) || status === 'cancelled'
}

const ranks: Readonly<Record<OrderStatus, number>> = {
  pending: 0,
  vbank_issued: 1,
  failed: 2,
  expired: 2,
  paid: 3,
  partially_cancelled: 4,
  cancelled: 5,
}

/** How late in its order a state is: within one status, a larger refunded amount is later. */
export function rank(event: Pick<EventRow, 'status' | 'cancelled'>): number {
  return ranks[event.status] * 1e9 + event.cancelled
}

export function latestVersion(payment: ActualPayment): PaymentVersion | undefined {
  return versionAt(payment, Number.MAX_SAFE_INTEGER)
}

export function versionAt(payment: ActualPayment, step: number): PaymentVersion | undefined {
  return payment.versions.findLast((each) => each.at <= step)
}
