import { Hono } from 'hono'
import type { StoredEvent } from '../../domain/event.ts'
import { requireApiKey } from '../api-key.ts'
import type { AppDeps } from '../deps.ts'
import { toNext } from '../pagination.ts'
import { presentEvent } from '../present-event.ts'
import { problemResponse } from '../problem-response.ts'
import { eventQuery } from '../schemas/requests/events.ts'
import { readQuery } from '../validate.ts'

/** The routes that list events and send them again. */
export function eventRoutes({ config, store, enqueueEvent }: AppDeps): Hono {
  const app = new Hono()
  const present = (event: StoredEvent) => presentEvent(event, config.publicUrl ?? '')
  app.use('/events/*', requireApiKey(config.merchantApiKeys))

  app.get('/events', async (c) => {
    const query = readQuery(c, eventQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const { state, after, limit } = query.value
    const listed = await store.outbox.list(state, after, limit)
    if (!listed.ok) return problemResponse(c, listed.failure)
    const next = toNext(listed.value, limit)
    return c.json({ events: listed.value.map(present), next })
  })

  app.post('/events/:id/replay', async (c) => {
    const replayed = await store.outbox.replay(c.req.param('id'))
    if (!replayed.ok) return problemResponse(c, replayed.failure)
    enqueueEvent(replayed.value.id)
    return c.json(present(replayed.value), 202)
  })
  return app
}
