import type { Mode } from '@quayside/core'
import type { StoredEvent } from '../domain/event.ts'

/**
 * Returns the body of an event: the same bytes at every try, so that a receiver can compare bodies. Throws when the
 * payload is not a JSON object.
 */
export function toEventBody({ kind, payload, createdAt }: StoredEvent, mode: Mode): string {
  const data: unknown = JSON.parse(payload)
  if (typeof data !== 'object' || data === null) throw new TypeError('payload is not an object')
  return JSON.stringify({
    type: toEventType(kind),
    timestamp: createdAt.toISOString(),
    data: { ...data, mode },
  })
}

/**
 * Returns the `type` that receivers see. A reconciliation issue is stored with the kind `exception`; a kind with a dot, which
 * is not about an order, is the type itself.
 */
export function toEventType(kind: string): string {
  if (kind.includes('.')) return kind
  return kind === 'exception' ? 'payment.unreconciled' : `order.${kind}`
}
