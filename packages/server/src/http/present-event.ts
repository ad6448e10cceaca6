import type { EventState, StoredEvent } from '../domain/event.ts'
import { toEventType } from '../events/event-body.ts'
import { toReplayPath } from '../events/replay-path.ts'
import type { EventResponse } from './schemas/responses/events.ts'

/**
 * Presents an event as the merchant API shows it.
 *
 * @param address The configured address of this server. Empty without one: then the command has the path only, because a
 * request's `Host` header proves nothing.
 */
export function presentEvent(event: StoredEvent, address: string): EventResponse {
  return {
    id: event.id,
    type: toEventType(event.kind),
    merchant_uid: event.merchantUid,
    sequence: event.sequence,
    state: toState(event),
    tries: event.tries,
    failure: event.failure,
    due_at: event.dueAt?.toISOString() ?? null,
    delivered_at: event.deliveredAt?.toISOString() ?? null,
    created_at: event.createdAt.toISOString(),
    replay: `curl -X POST "${address}${toReplayPath(event.id)}" -H "Authorization: Bearer $MERCHANT_API_KEY"`,
  }
}

function toState({ deliveredAt, dueAt }: StoredEvent): EventState {
  if (deliveredAt !== null) return 'delivered'
  return dueAt === null ? 'failed_permanently' : 'pending'
}
