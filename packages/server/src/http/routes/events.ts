import { Hono } from 'hono'
import type { EventState, StoredEvent } from '../../domain/event.ts'
import { toEventType } from '../../events/event-body.ts'
import { toReplayPath } from '../../events/replay-path.ts'
import { requireApiKey } from '../api-key.ts'
import type { AppDeps } from '../deps.ts'
import { toNext } from '../pagination.ts'
import { problemResponse } from '../problem-response.ts'
import { eventQuery } from '../schemas/requests.ts'
import type { EventResponse } from '../schemas/responses.ts'
import { readQuery } from '../validate.ts'

/** The routes that list events and send them again. */
export function eventRoutes({ config, store, enqueueEvent }: AppDeps): Hono {
  const app = new Hono()
  const presentEvent = (event: StoredEvent) => toEventResponse(event, config.publicUrl ?? '')
  app.use('/events/*', requireApiKey(config.merchantApiKeys))

  app.get('/events', async (c) => {
    const query = readQuery(c, eventQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const { state, after, limit } = query.value
    const listed = await store.outbox.list(state, after, limit)
    if (!listed.ok) return problemResponse(c, listed.failure)
    const next = toNext(listed.value, limit)
    return c.json({ events: listed.value.map(presentEvent), next })
  })

  app.post('/events/:id/replay', async (c) => {
    const replayed = await store.outbox.replay(c.req.param('id'))
    if (!replayed.ok) return problemResponse(c, replayed.failure)
    enqueueEvent(replayed.value.id)
    return c.json(presentEvent(replayed.value), 202)
  })
  return app
}

function toState({ deliveredAt, dueAt }: StoredEvent): EventState {
  if (deliveredAt !== null) return 'delivered'
  return dueAt === null ? 'failed_permanently' : 'pending'
}

/** Without a configured address the command has the path only: a request's `Host` header proves nothing. */
function toEventResponse(event: StoredEvent, origin: string): EventResponse {
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
    replay: `curl -X POST "${origin}${toReplayPath(event.id)}" -H "Authorization: Bearer $MERCHANT_API_KEY"`,
  }
}
