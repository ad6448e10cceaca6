import { createHmac } from 'node:crypto'
import type { EventRow, OrderStatus } from '../../checkers/history.ts'
import type { SimulatedClock } from '../../engine/clock.ts'
import type { FakeMerchant } from '../../engine/fake-merchant.ts'
import { eventKey } from '../settings.ts'

/** An event as it arrived: its headers and its body. */
export interface EventRequest {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

/** Reads the headers of an event's request. */
export function readEventRequest({ headers }: Request, body: string): EventRequest {
  const header = (name: string): string => headers.get(`webhook-${name}`) ?? ''
  return { id: header('id'), timestamp: header('timestamp'), signature: header('signature'), body }
}

/** The merchant's receiver, which accepts signed events alone. */
export interface EventReceiver {
  /** Gives the status of its response. */
  receive(request: EventRequest): number
  /** The accepted events of orders, the latest last. */
  readonly deliveredEvents: readonly EventRow[]
  /** The ids of the events about money that no order explains. */
  readonly issueEvents: readonly string[]
  /** The bodies of all requests. */
  readonly bodies: readonly string[]
  /** The ids of events with an invalid signature. */
  readonly unverified: readonly string[]
}

/** The facts of an order in an event or a row: money in the currency's own unit. */
interface OrderFacts {
  readonly merchant_uid: string
  readonly sequence: number
  readonly status: OrderStatus
  readonly imp_uid: string | null
  readonly cancelled_amount: number
  readonly currency: string
  readonly virtual_accounts: readonly { readonly imp_uid: string }[]
}

/** An event with what its row or its request adds to it. */
interface WrittenEvent {
  readonly id: string
  readonly kind: string
  readonly facts: OrderFacts
  readonly at: number
  readonly ms: number
}

const toleranceMs = 300_000

/** Makes the receiver of a merchant. */
export function createEventReceiver(merchant: FakeMerchant, clock: SimulatedClock): EventReceiver {
  const deliveredEvents: EventRow[] = []
  const bodies: string[] = []
  const issueEvents: string[] = []
  const unverified: string[] = []
  return {
    deliveredEvents,
    bodies,
    issueEvents,
    unverified,
    receive(request) {
      bodies.push(request.body)
      if (!isSigned(request)) {
        unverified.push(request.id)
        return 401
      }
      // A request that was long under way may be a replay of an attacker; the event is sent again.
      if (Math.abs(Number(request.timestamp) * 1000 - clock.ms) > toleranceMs) return 401
      const body: { type: string; timestamp: string; data: OrderFacts } = JSON.parse(request.body)
      const { type, data } = body
      if (type === 'payment.unreconciled') {
        issueEvents.push(request.id)
        return 204
      }
      const event = toEventRow({
        id: request.id,
        kind: type.replace('order.', ''),
        facts: data,
        at: clock.step,
        ms: Date.parse(body.timestamp),
      })
      deliveredEvents.push(event)
      merchant.receive(event)
      return 204
    },
  }
}

/**
 * An event as the checkers read it. An order that the merchant closed has no payment any more, so no payment at the
 * provider explains it: to the checkers it expired.
 */
export function toEventRow({ id, kind, facts, at, ms }: WrittenEvent): EventRow {
  const { merchant_uid, sequence, imp_uid, cancelled_amount, currency } = facts
  const status = toOrderStatus(facts.status, imp_uid)
  return {
    id,
    merchant_uid,
    sequence,
    kind: kind === facts.status ? status : toKind(kind),
    status,
    imp_uid,
    cancelled: Math.round(cancelled_amount * (currency === 'USD' ? 100 : 1)),
    accounts: facts.virtual_accounts.map((each) => each.imp_uid),
    at,
    ms,
  }
}

/** The status of an order as the checkers read it. */
export function toOrderStatus(status: OrderStatus, impUid: string | null): OrderStatus {
  return status === 'cancelled' && impUid === null ? 'expired' : status
}

function toKind(kind: string): EventRow['kind'] {
  if (kind === 'duplicate_paid' || kind === 'late_paid') return kind
  throw new TypeError(`Cannot read event: ${kind} is no kind`)
}

/** Verifies Standard Webhooks in a second way, without the library that signs. */
function isSigned({ id, timestamp, signature, body }: EventRequest): boolean {
  const text = `${id}.${timestamp}.${body}`
  const mac = createHmac('sha256', Buffer.from(eventKey, 'base64')).update(text).digest('base64')
  return signature === `v1,${mac}`
}
