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
import type { AttemptRow, EventRow, LeaseRow } from '../checkers/history.ts'

/** What lasts: the rows of the real database, with its transactions and its failures left to the ports. */
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
  /** Leases the events that are due, or the one that is named; nobody else gets them meanwhile. */
  claim(id: string | null): readonly StoredEvent[]
  markDelivered(id: string): void
  hasUndelivered(): boolean
  /** Writes without a condition and with an event each time. No good design needs it. */
  overwrite(order: Order): void
}

/** An event with what its delivery needs. */
export interface StoredEvent extends EventRow {
  isDelivered: boolean
  leasedUntil: number
}

/** Which of the guards of the real tables stand; the planted designs take some away. */
export interface Guards {
  readonly sequence: boolean
  readonly uniquePayment: boolean
  readonly lease: boolean
  /** What a stray payment is to an order holds for the order as it was read. */
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

/** The instant of a schedule: `step` orders what happened, `ms` is the simulated clock. */
export interface SimulatedClock {
  step: number
  ms: number
}

const leaseMs = 30_000

/** Makes empty tables. */
export function createFakeDatabase(clock: SimulatedClock, guards: Guards): FakeDatabase {
  const orders = new Map<string, Order>()
  const orderOfPayment = new Map<ImpUid, MerchantUid>()
  const events: StoredEvent[] = []
  const attempts: AttemptRow[] = []
  const leases: LeaseRow[] = []

  function write(order: Order, kind: EventRow['kind']): void {
    orders.set(order.merchantUid, order)
    events.push({
      id: `${order.merchantUid}:${order.sequence}`,
      merchant_uid: order.merchantUid,
      sequence: order.sequence,
      kind,
      status: order.status,
      imp_uid: order.impUid,
      cancelled: order.cancelled.minor,
      at: clock.step,
      isDelivered: false,
      leasedUntil: 0,
    })
  }

  const unknown = (merchantUid: MerchantUid) =>
    fail({ reason: 'order_unknown', merchantUid } as const)
  const rowOf = (impUid: ImpUid, merchantUid: MerchantUid) =>
    attempts.find((row) => row.imp_uid === impUid && row.merchant_uid === merchantUid)

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
      return order === undefined ? unknown(merchantUid) : ok(order)
    },
    record(change) {
      const { merchantUid, sequence } = change.order
      const { impUid } = change.payment
      const order = orders.get(merchantUid)
      if (order === undefined) return unknown(merchantUid)
      const owner = orderOfPayment.get(impUid)
      if (rowOf(impUid, merchantUid)?.outcome === 'refunded') return ok(order)
      if (guards.uniquePayment && owner !== undefined && owner !== merchantUid) return ok(order)
      if (guards.sequence && order.sequence !== sequence) return ok(order)
      if (!guards.lateApproval && order.status === 'failed') return ok(order)
      if (order.impUid !== null) orderOfPayment.delete(order.impUid)
      orderOfPayment.set(impUid, merchantUid)
      const changed = { ...applyChange(change), sequence: order.sequence + 1 }
      write(changed, changed.status)
      const row = rowOf(impUid, merchantUid)
      if (row === undefined) {
        attempts.push({
          imp_uid: impUid,
          merchant_uid: merchantUid,
          outcome: 'accepted',
          previous: null,
          at: clock.step,
        })
      } else if (row.outcome !== 'accepted') {
        row.previous = row.outcome
        row.outcome = 'accepted'
      }
      return ok(changed)
    },
    recordAttempt({ order: read, payment: { impUid }, outcome }) {
      const { merchantUid } = read
      const order = orders.get(merchantUid)
      if (order === undefined) return unknown(merchantUid)
      const hasChanged = order.sequence !== read.sequence
      if (guards.attemptSequence && hasChanged && outcome !== 'refused') return ok(order)
      const row = rowOf(impUid, merchantUid)
      if (row !== undefined && (row.outcome !== 'accepted' || outcome === 'refused')) {
        return ok(null)
      }
      if (row === undefined) {
        attempts.push({
          imp_uid: impUid,
          merchant_uid: merchantUid,
          outcome,
          previous: null,
          at: clock.step,
        })
      } else {
        row.outcome = outcome
        if (row.previous === null) row.at = clock.step
      }
      if (outcome === 'duplicate_paid' || outcome === 'late_paid') {
        write({ ...order, sequence: order.sequence + 1 }, outcome)
      }
      return ok(null)
    },
    expire(order) {
      const current = orders.get(order.merchantUid)
      if (current === undefined) return unknown(order.merchantUid)
      if (current.sequence !== order.sequence || current.status !== 'vbank_issued')
        return ok(current)
      const expired: Order = { ...current, status: 'expired', sequence: current.sequence + 1 }
      write(expired, 'expired')
      return ok(expired)
    },
    listOpen() {
      return [...orders.values()].filter(({ status }) => isOpen(status))
    },
    claim(id) {
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
    },
    markDelivered(id) {
      const event = events.find((each) => each.id === id)
      if (event !== undefined) event.isDelivered = true
    },
    hasUndelivered: () => events.some((event) => !event.isDelivered),
    overwrite(order) {
      write(order, order.status)
    },
  }
}

function isOpen(status: Order['status']): boolean {
  return status === 'pending' || status === 'vbank_issued' || status === 'failed'
}
