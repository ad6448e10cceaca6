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
import type { AttemptRow, ClaimRow, EventRow } from '../checkers/history.ts'

/** What lasts: the rows of the real database, with its transactions and its failures left to the ports. */
export interface Tables {
  readonly orders: ReadonlyMap<string, Order>
  readonly events: readonly StoredEvent[]
  readonly attempts: readonly AttemptRow[]
  readonly claims: readonly ClaimRow[]
  open(expected: ExpectedOrder): void
  find(merchantUid: MerchantUid): Result<Order, StoreFailure>
  record(change: Change): Result<Order, StoreFailure>
  note(attempt: Attempt): Result<Order | null, StoreFailure>
  /** Closes an order whose account nobody paid into, unless it changed since it was read. */
  expire(order: Order): Result<Order, StoreFailure>
  /** Orders that money may still come for. */
  listOpen(): readonly Order[]
  /** Leases the events that are due, or the one that is named; nobody else gets them meanwhile. */
  claim(id: string | null): readonly StoredEvent[]
  mark(id: string): void
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
  readonly noteSequence: boolean
  /** A payment may be approved after it was reported failed. */
  readonly lateApproval: boolean
}

export const allGuards: Guards = {
  sequence: true,
  uniquePayment: true,
  lease: true,
  noteSequence: true,
  lateApproval: true,
}

/** The instant of a schedule: `step` orders what happened, `ms` is the simulated clock. */
export interface Instant {
  step: number
  ms: number
}

const leaseMs = 30_000

/** Makes empty tables. */
export function createTables(now: Instant, guards: Guards): Tables {
  const orders = new Map<string, Order>()
  const holders = new Map<ImpUid, MerchantUid>()
  const events: StoredEvent[] = []
  const attempts: AttemptRow[] = []
  const claims: ClaimRow[] = []

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
      at: now.step,
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
    claims,
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
      const holder = holders.get(impUid)
      if (rowOf(impUid, merchantUid)?.verdict === 'given_back') return ok(order)
      if (guards.uniquePayment && holder !== undefined && holder !== merchantUid) return ok(order)
      if (guards.sequence && order.sequence !== sequence) return ok(order)
      if (!guards.lateApproval && order.status === 'failed') return ok(order)
      if (order.impUid !== null) holders.delete(order.impUid)
      holders.set(impUid, merchantUid)
      const changed = { ...applyChange(change), sequence: order.sequence + 1 }
      write(changed, changed.status)
      const row = rowOf(impUid, merchantUid)
      if (row === undefined) {
        attempts.push({
          imp_uid: impUid,
          merchant_uid: merchantUid,
          verdict: 'accepted',
          before: null,
          at: now.step,
        })
      } else if (row.verdict !== 'accepted') {
        row.before = row.verdict
        row.verdict = 'accepted'
      }
      return ok(changed)
    },
    note({ order: read, payment: { impUid }, verdict }) {
      const { merchantUid } = read
      const order = orders.get(merchantUid)
      if (order === undefined) return unknown(merchantUid)
      const isMoved = order.sequence !== read.sequence
      if (guards.noteSequence && isMoved && verdict !== 'refused') return ok(order)
      const row = rowOf(impUid, merchantUid)
      if (row !== undefined && (row.verdict !== 'accepted' || verdict === 'refused')) {
        return ok(null)
      }
      if (row === undefined) {
        attempts.push({
          imp_uid: impUid,
          merchant_uid: merchantUid,
          verdict,
          before: null,
          at: now.step,
        })
      } else {
        row.verdict = verdict
        if (row.before === null) row.at = now.step
      }
      if (verdict === 'duplicate_paid' || verdict === 'late_paid') {
        write({ ...order, sequence: order.sequence + 1 }, verdict)
      }
      return ok(null)
    },
    expire(order) {
      const stands = orders.get(order.merchantUid)
      if (stands === undefined) return unknown(order.merchantUid)
      if (stands.sequence !== order.sequence || stands.status !== 'vbank_issued') return ok(stands)
      const expired: Order = { ...stands, status: 'expired', sequence: stands.sequence + 1 }
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
          (!guards.lease || event.leasedUntil <= now.ms),
      )
      for (const event of due) {
        claims.push({ id: event.id, at: now.ms, until: now.ms + leaseMs })
        event.leasedUntil = now.ms + leaseMs
      }
      return due
    },
    mark(id) {
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
