import { createHmac } from 'node:crypto'
import type { EventRow, Standing } from '../../checkers/history.ts'
import type { Instant } from '../../engine/fake-database.ts'
import type { Shop } from '../../engine/fake-merchant.ts'
import { eventKey } from '../settings.ts'

/** An event as it came in: its head and its letters. */
export interface Letter {
  readonly id: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

/** Reads the head of an event's request. */
export function toLetter({ headers }: Request, body: string): Letter {
  const head = (name: string): string => headers.get(`webhook-${name}`) ?? ''
  return { id: head('id'), timestamp: head('timestamp'), signature: head('signature'), body }
}

/** The merchant's receiver, which believes nothing that is not signed. */
export interface Receiver {
  /** The status it answers. */
  take(letter: Letter): number
  /** What was told here and understood, the newest last. */
  readonly told: readonly EventRow[]
  /** The ids of the events about money that no order explains. */
  readonly exceptions: readonly string[]
  /** Everything that came in, as it came. */
  readonly letters: readonly string[]
  /** Events whose signature does not fit. */
  readonly refused: readonly string[]
}

/** The facts of an order in an event or a row: money in the currency's own unit. */
interface Facts {
  readonly merchant_uid: string
  readonly sequence: number
  readonly status: Standing
  readonly imp_uid: string | null
  readonly cancelled_amount: number
  readonly currency: string
}

const toleranceMs = 300_000

/** Makes the receiver of a shop. */
export function createReceiver(shop: Shop, now: Instant): Receiver {
  const told: EventRow[] = []
  const letters: string[] = []
  const exceptions: string[] = []
  const refused: string[] = []
  return {
    told,
    letters,
    exceptions,
    refused,
    take(letter) {
      letters.push(letter.body)
      if (!isSigned(letter)) {
        refused.push(letter.id)
        return 401
      }
      // What was long on its way may be a replay, and is sent again.
      if (Math.abs(Number(letter.timestamp) * 1000 - now.ms) > toleranceMs) return 401
      const { type, data }: { type: string; data: Facts } = JSON.parse(letter.body)
      if (type === 'payment.exception') {
        exceptions.push(letter.id)
        return 204
      }
      const event = toEventRow(letter.id, type.replace('order.', ''), data, now.step)
      told.push(event)
      shop.receive(event)
      return 204
    },
  }
}

/**
 * An event as the judges have it. An order that the merchant closed has no payment any more, so nothing at
 * the provider explains it: to them it ran out.
 */
export function toEventRow(id: string, kind: string, facts: Facts, at: number): EventRow {
  const { merchant_uid, sequence, imp_uid, cancelled_amount, currency } = facts
  const status = toStanding(facts.status, imp_uid)
  return {
    id,
    merchant_uid,
    sequence,
    kind: kind === facts.status ? status : toKind(kind),
    status,
    imp_uid,
    cancelled: Math.round(cancelled_amount * (currency === 'USD' ? 100 : 1)),
    at,
  }
}

/** The state of an order as the judges have it. */
export function toStanding(status: Standing, impUid: string | null): Standing {
  return status === 'cancelled' && impUid === null ? 'expired' : status
}

function toKind(kind: string): EventRow['kind'] {
  if (kind === 'duplicate_paid' || kind === 'late_paid') return kind
  throw new TypeError(`Cannot read event: ${kind} is no kind`)
}

/** Standard Webhooks, read anew: the library that signs does not verify here. */
function isSigned({ id, timestamp, signature, body }: Letter): boolean {
  const text = `${id}.${timestamp}.${body}`
  const mac = createHmac('sha256', Buffer.from(eventKey, 'base64')).update(text).digest('base64')
  return signature === `v1,${mac}`
}
