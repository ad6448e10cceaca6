import {
  type EventRow,
  hasBeenPaid,
  isPaid,
  type OrderStatus,
  type PaymentStatus,
  type PaymentVersion,
  rank,
} from '../checkers/history.ts'

// What must hold after every command, in a second and shorter form: an order changes only by a record of a payment
// of its own that some task had read, and it keeps every change that a response acknowledged.

/** An order as the model has it; `issued` is the second at which its account was opened, or 0. */
export interface OrderState {
  readonly status: OrderStatus
  readonly imp_uid: string | null
  readonly cancelled: number
  readonly issued: number
}

/** The provider's record of a payment, as far as the model uses it. */
export interface PaymentUpdate {
  readonly imp_uid: string
  readonly status: PaymentStatus
  readonly cancelled: number
  readonly issued: number
}

/** A payment of which a task may have read a record, of version `since` or later. */
export interface Observation {
  readonly merchant_uid: string
  readonly imp_uid: string
  readonly issued: number
  readonly versions: readonly PaymentVersion[]
  readonly since: number
}

/** An order with its state in the model. */
export interface TrackedOrder {
  readonly merchant_uid: string
  readonly acceptsLatePayment: boolean
  state: OrderState
  sequence: number
}

export type Transition = OrderState | 'duplicate_paid' | 'late_paid'

export const unpaid: OrderState = { status: 'pending', imp_uid: null, cancelled: 0, issued: 0 }

/** The order after an update of a matching payment, or that payment's outcome if the order stays as it is. */
export function applyUpdate(
  state: OrderState,
  update: PaymentUpdate,
  acceptsLatePayment: boolean,
): Transition {
  if (update.status === 'pending') return state
  const isMoney = isPaid(update.status)
  const next: OrderState = { ...update, status: update.status }
  if (state.status === 'expired' && isMoney) return acceptsLatePayment ? next : 'late_paid'
  if (state.imp_uid === null || state.imp_uid === update.imp_uid) {
    return rank(update) > rank(state) ? next : state
  }
  if (isMoney && hasBeenPaid(state.status)) {
    return state.status === 'cancelled' ? 'late_paid' : 'duplicate_paid'
  }
  if (isMoney) return next
  const isNewer = state.status === 'vbank_issued' && update.issued > state.issued
  const isNext = state.status === 'failed' || isNewer
  return update.status === 'vbank_issued' && isNext ? next : state
}

export function isSameState(one: Transition, other: Transition): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return (
    one.status === other.status &&
    one.imp_uid === other.imp_uid &&
    one.cancelled === other.cancelled
  )
}

export function updateOf(
  { imp_uid, issued }: Observation,
  { status, cancelled }: PaymentVersion,
): PaymentUpdate {
  return { imp_uid, issued, status, cancelled }
}

/** Applies an event to the model; gives what is wrong with it, or null. */
export function trackEvent(
  order: TrackedOrder,
  event: EventRow,
  observations: readonly Observation[],
  isOverdue: (state: OrderState) => boolean,
): string | null {
  const about = `${event.merchant_uid} became ${event.kind} by ${event.imp_uid}`
  const before = order.state
  if (event.sequence !== order.sequence + 1) return `${about}: not the next sequence`
  order.sequence = event.sequence
  if (event.kind === 'expired') {
    if (!isOverdue(before)) return `${about}: nothing was overdue`
    order.state = { ...before, status: 'expired' }
    return null
  }
  for (const observation of observations) {
    if (observation.merchant_uid !== order.merchant_uid) continue
    for (const version of observation.versions.slice(observation.since)) {
      const transition = applyUpdate(
        before,
        updateOf(observation, version),
        order.acceptsLatePayment,
      )
      if (typeof transition === 'string') {
        if (transition === event.kind && event.status === before.status) return null
      } else if (transition !== before && isSameState(transition, { ...event, issued: 0 })) {
        order.state = transition
        return null
      }
    }
  }
  return `${about}: from ${before.status}, no observed record explains it`
}
