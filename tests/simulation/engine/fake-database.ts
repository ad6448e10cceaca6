import {
  type Attempt,
  applyChange,
  type Change,
  type ExpectedOrder,
  fail,
  type ImpUid,
  type MerchantUid,
  type Order,
  ok,
  openOrder,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import { type AttemptRow, type EventRow, isOpen, type LeaseRow } from '../checkers/history.ts'
import type { SimulatedClock } from './clock.ts'

/** The rows of the real database with its transactions. It never fails by itself: the ports do that. */
export interface FakeDatabase {
  readonly orders: ReadonlyMap<string, Order>
  readonly events: readonly StoredEvent[]
  readonly attempts: readonly AttemptRow[]
  readonly leases: readonly LeaseRow[]
  open(expected: ExpectedOrder): void
  find(merchantUid: MerchantUid): Result<Order, StoreFailure>
  record(change: Change): Result<Order, StoreFailure>
  recordAttempt(attempt: Attempt): Result<Order | null, StoreFailure>
  /** Closes an order whose account nobody paid into, unless it changed since it was read. */
  expire(order: Order): Result<Order, StoreFailure>
  /** Orders that money may still come for. */
  listOpen(): readonly Order[]
  /** Leases the events that are due, or the named one; no other task gets them meanwhile. */
  claim(id: string | null): readonly StoredEvent[]
  markDelivered(id: string): void
  hasUndelivered(): boolean
  /** Writes without a condition and with an event each time. Only flawed systems need it. */
  overwrite(order: Order): void
}

/** An event with what its delivery needs. */
export interface StoredEvent extends EventRow {
  isDelivered: boolean
  leasedUntil: number
}

/** Which guards of the real tables are in force; flawed systems leave some out. */
export interface Guards {
  readonly sequence: boolean
  readonly uniquePayment: boolean
  readonly lease: boolean
  /** The outcome of an unmatched payment holds for the order as it was read. */
  readonly attemptSequence: boolean
  /** A payment may be approved after it was reported failed. */
  readonly lateApproval: boolean
}

export const allGuards: Guards = {
  sequence: true,
  uniquePayment: true,
  lease: true,
  attemptSequence: true,
  lateApproval: true,
}

const leaseMs = 30_000

interface DatabaseState {
  readonly clock: SimulatedClock
  readonly guards: Guards
  readonly orders: Map<string, Order>
  readonly orderOfPayment: Map<ImpUid, MerchantUid>
  readonly events: StoredEvent[]
  readonly attempts: AttemptRow[]
  readonly leases: LeaseRow[]
}

/** Makes empty tables. */
export function createFakeDatabase(clock: SimulatedClock, guards: Guards): FakeDatabase {
  const state: DatabaseState = {
    clock,
    guards,
    orders: new Map(),
    orderOfPayment: new Map(),
    events: [],
    attempts: [],
    leases: [],
  }
  const { orders, events, attempts, leases } = state
  return {
    orders,
    events,
    attempts,
    leases,
    open(expected) {
      if (!orders.has(expected.merchantUid)) orders.set(expected.merchantUid, openOrder(expected))
    },
    find(merchantUid) {
      const order = orders.get(merchantUid)
      return order === undefined ? unknownOrder(merchantUid) : ok(order)
    },
    record: (change) => record(state, change),
    recordAttempt: (attempt) => recordAttempt(state, attempt),
    expire: (order) => expire(state, order),
    listOpen: () => [...orders.values()].filter(({ status }) => isOpen(status)),
    claim: (id) => claim(state, id),
    markDelivered(id) {
      const event = events.find((each) => each.id === id)
      if (event !== undefined) event.isDelivered = true
    },
    hasUndelivered: () => events.some((event) => !event.isDelivered),
    overwrite: (order) => write(state, order, order.status),
  }
}

function record(state: DatabaseState, change: Change): Result<Order, StoreFailure> {
  const { guards, orders, orderOfPayment } = state
  const { merchantUid, sequence } = change.order
  const { impUid } = change.payment
  const order = orders.get(merchantUid)
  if (order === undefined) return unknownOrder(merchantUid)
  const owner = orderOfPayment.get(impUid)
  if (findAttempt(state, impUid, merchantUid)?.outcome === 'refunded') return ok(order)
  if (guards.uniquePayment && owner !== undefined && owner !== merchantUid) return ok(order)
  if (guards.sequence && order.sequence !== sequence) return ok(order)
  if (!guards.lateApproval && order.status === 'failed') return ok(order)
  const changed = { ...applyChange(change), sequence: order.sequence + 1 }
  if (order.impUid !== null) orderOfPayment.delete(order.impUid)
  // Where an account closes, another one may be the one that the order has then.
  orderOfPayment.set(changed.impUid ?? impUid, merchantUid)
  write(state, changed, changed.status)
  acceptAttempt(state, impUid, merchantUid)
  return ok(changed)
}

function acceptAttempt(state: DatabaseState, impUid: ImpUid, merchantUid: MerchantUid): void {
  const row = findAttempt(state, impUid, merchantUid)
  if (row === undefined) {
    addAttempt(state, impUid, merchantUid, 'accepted')
  } else if (row.outcome !== 'accepted') {
    row.previous = row.outcome
    row.outcome = 'accepted'
  }
}

function recordAttempt(
  state: DatabaseState,
  { order: read, payment: { impUid }, outcome }: Attempt,
): Result<Order | null, StoreFailure> {
  const { clock, guards, orders } = state
  const { merchantUid } = read
  const order = orders.get(merchantUid)
  if (order === undefined) return unknownOrder(merchantUid)
  const hasChanged = order.sequence !== read.sequence
  if (guards.attemptSequence && hasChanged && outcome !== 'refused') return ok(order)
  const row = findAttempt(state, impUid, merchantUid)
  if (row !== undefined && (row.outcome !== 'accepted' || outcome === 'refused')) return ok(null)
  if (row === undefined) {
    addAttempt(state, impUid, merchantUid, outcome)
  } else {
    row.outcome = outcome
    if (row.previous === null) row.at = clock.step
  }
  if (outcome === 'duplicate_paid' || outcome === 'late_paid') {
    write(state, { ...order, sequence: order.sequence + 1 }, outcome)
  }
  return ok(null)
}

function expire(
  state: DatabaseState,
  { merchantUid, sequence }: Order,
): Result<Order, StoreFailure> {
  const current = state.orders.get(merchantUid)
  if (current === undefined) return unknownOrder(merchantUid)
  if (current.sequence !== sequence || current.status !== 'vbank_issued') return ok(current)
  const expired: Order = { ...current, status: 'expired', sequence: current.sequence + 1 }
  write(state, expired, 'expired')
  return ok(expired)
}

function claim(
  { clock, guards, events, leases }: DatabaseState,
  id: string | null,
): readonly StoredEvent[] {
  const due = events.filter(
    (event) =>
      (id === null || event.id === id) &&
      !event.isDelivered &&
      (!guards.lease || event.leasedUntil <= clock.ms),
  )
  for (const event of due) {
    leases.push({ id: event.id, at: clock.ms, until: clock.ms + leaseMs })
    event.leasedUntil = clock.ms + leaseMs
  }
  return due
}

function write({ clock, orders, events }: DatabaseState, order: Order, kind: EventRow['kind']) {
  orders.set(order.merchantUid, order)
  events.push({
    id: `${order.merchantUid}:${order.sequence}`,
    merchant_uid: order.merchantUid,
    sequence: order.sequence,
    kind,
    status: order.status,
    imp_uid: order.impUid,
    cancelled: order.cancelled.minor,
    accounts: toOpenAccounts(order),
    at: clock.step,
    ms: clock.ms,
    isDelivered: false,
    leasedUntil: 0,
  })
}

function toOpenAccounts({ status, accounts }: Order): readonly string[] {
  return status === 'vbank_issued'
    ? accounts.flatMap(({ impUid, isClosed }) => (isClosed ? [] : [impUid]))
    : []
}

function findAttempt(
  { attempts }: DatabaseState,
  impUid: ImpUid,
  merchantUid: MerchantUid,
): AttemptRow | undefined {
  return attempts.find((row) => row.imp_uid === impUid && row.merchant_uid === merchantUid)
}

function addAttempt(
  { attempts, clock }: DatabaseState,
  impUid: ImpUid,
  merchantUid: MerchantUid,
  outcome: AttemptRow['outcome'],
): void {
  attempts.push({
    imp_uid: impUid,
    merchant_uid: merchantUid,
    outcome,
    previous: null,
    at: clock.step,
  })
}

function unknownOrder(merchantUid: MerchantUid) {
  return fail({ reason: 'order_unknown', merchantUid } as const)
}
