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

/** An account of an order; times in simulated milliseconds. */
export interface ModelAccount {
  readonly imp_uid: string
  readonly due: number
  readonly issued: number
  readonly isOpen: boolean
}

/** An order as the model has it. */
export interface OrderState {
  readonly status: OrderStatus
  readonly imp_uid: string | null
  readonly cancelled: number
  /** Closed accounts first, the one that is due last at the end. */
  readonly accounts: readonly ModelAccount[]
}

/** The provider's record of a payment, as far as the model uses it. */
export interface PaymentUpdate {
  readonly imp_uid: string
  readonly status: PaymentStatus
  readonly cancelled: number
  readonly madeAt: number
  readonly issued: number
  readonly due: number
}

/** A payment of which a task may have read a record, of version `since` or later. */
export interface Observation {
  readonly merchant_uid: string
  readonly imp_uid: string
  /** When its account was issued and is due; 0 when it has none. */
  readonly issued: number
  readonly due: number
  readonly versions: readonly PaymentVersion[]
  readonly since: number
  /** Whether it is read only while it is paid: money is looked for before a buyer reads of a failure. */
  readonly isOnlyPaid: boolean
}

/** An order with its state in the model. */
export interface TrackedOrder {
  readonly merchant_uid: string
  readonly acceptsLatePayment: boolean
  state: OrderState
  sequence: number
}

export type Transition = OrderState | 'duplicate_paid' | 'late_paid'

export const unpaid: OrderState = { status: 'pending', imp_uid: null, cancelled: 0, accounts: [] }

/** The order after an update of a matching payment, or that payment's outcome if the order stays as it is. */
export function applyUpdate(
  state: OrderState,
  update: PaymentUpdate,
  acceptsLatePayment: boolean,
): Transition {
  const { status, imp_uid, cancelled } = update
  if (status === 'pending') return state
  const { accounts } = state
  const next: OrderState = { status, imp_uid, cancelled, accounts }
  const known = accounts.find((each) => each.imp_uid === imp_uid)
  if (status === 'vbank_issued') return known === undefined ? addAccount(state, update) : state
  if (known !== undefined && state.status === 'vbank_issued' && status === 'failed') {
    const left = accounts.map((each) => (each === known ? { ...each, isOpen: false } : each))
    if (!known.isOpen) return state
    return left.some(({ isOpen }) => isOpen) ? waitFor(left) : { ...next, accounts: left }
  }
  const isMoney = isPaid(status)
  if (state.status === 'expired' && isMoney) {
    const dues = accounts.map(({ isOpen, due }) => (isOpen ? due : 0))
    const isInTime = update.madeAt <= Math.max(update.due, ...dues)
    return acceptsLatePayment || isInTime ? next : 'late_paid'
  }
  const isOwn = state.imp_uid === null || state.imp_uid === imp_uid
  if (isOwn || (known !== undefined && !hasBeenPaid(state.status))) {
    return rank(update) > rank(state) ? next : state
  }
  if (isMoney && hasBeenPaid(state.status)) {
    return state.status === 'cancelled' ? 'late_paid' : 'duplicate_paid'
  }
  return isMoney ? next : state
}

/** An unpaid order waits for one more account, unless that one's own failure was seen before. */
function addAccount(state: OrderState, { imp_uid, due, issued }: PaymentUpdate): OrderState {
  const isWaiting = state.status === 'pending' || state.status === 'vbank_issued'
  const isAnother = state.status === 'failed' && state.imp_uid !== imp_uid
  if (!isWaiting && !isAnother) return state
  const next = waitFor([...state.accounts, { imp_uid, due, issued, isOpen: true }])
  return next.accounts.some((each) => each.imp_uid === imp_uid) ? next : state
}

function waitFor(all: readonly ModelAccount[]): OrderState {
  const accounts = all
    .toSorted(
      (a, b) =>
        Number(a.isOpen) - Number(b.isOpen) ||
        a.due - b.due ||
        a.issued - b.issued ||
        Number(a.imp_uid > b.imp_uid) - 0.5,
    )
    .slice(-10)
  const imp_uid = accounts.at(-1)?.imp_uid ?? null
  return { status: 'vbank_issued', imp_uid, cancelled: 0, accounts }
}

export function isSameState(one: Transition, other: Transition): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return hasFacts(one, { ...other, accounts: waitingAccounts(other) })
}

/** Whether a state is what an event or another state shows. */
function hasFacts(
  state: OrderState,
  facts: Pick<EventRow, 'status' | 'imp_uid' | 'cancelled' | 'accounts'>,
): boolean {
  return (
    state.status === facts.status &&
    state.imp_uid === facts.imp_uid &&
    state.cancelled === facts.cancelled &&
    waitingAccounts(state).join() === facts.accounts.join()
  )
}

function waitingAccounts({ status, accounts }: OrderState): readonly string[] {
  if (status !== 'vbank_issued') return []
  return accounts.filter(({ isOpen }) => isOpen).map(({ imp_uid }) => imp_uid)
}

export function updateOf(
  { imp_uid, issued, due }: Observation,
  { status, cancelled, madeAt }: PaymentVersion,
): PaymentUpdate {
  return { imp_uid, issued, due, status, cancelled, madeAt }
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
      if (observation.isOnlyPaid && version.status !== 'paid') continue
      const transition = applyUpdate(
        before,
        updateOf(observation, version),
        order.acceptsLatePayment,
      )
      if (typeof transition === 'string') {
        if (transition === event.kind && event.status === before.status) return null
      } else if (transition !== before && hasFacts(transition, event)) {
        order.state = transition
        return null
      }
    }
  }
  return `${about}: from ${before.status}, no observed record explains it`
}
