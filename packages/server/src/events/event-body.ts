import type { Mode } from '@quayside/core'
import type { StoredEvent } from '../domain/event.ts'

/**
 * What is sent: always the same letters for the same event, so that a receiver which keeps what it got may
 * compare. Throws when the payload is no JSON.
 */
export function toEventBody({ kind, payload, createdAt }: StoredEvent, mode: Mode): string {
  const data: unknown = JSON.parse(payload)
  if (typeof data !== 'object' || data === null) throw new TypeError('payload is no object')
  return JSON.stringify({
    type: toEventType(kind),
    timestamp: createdAt.toISOString(),
    data: { ...data, mode },
  })
}

/** An event's name as its receiver knows it. */
export function toEventType(kind: string): string {
  return kind === 'exception' ? 'payment.unreconciled' : `order.${kind}`
}
