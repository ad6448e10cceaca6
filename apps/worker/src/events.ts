import { Hono } from 'hono'
import type { StoredEvent } from '../../../packages/server/src/domain/event.ts'
import { answerProblem } from './answer.ts'
import type { EventAnswer } from './answers.ts'
import { toReplayPath, toType } from './delivery/event.ts'
import { onlyWithKey } from './key.ts'
import { toNext } from './page.ts'
import { readQuery } from './read.ts'
import { eventQuery } from './requests.ts'
import type { Rooms } from './rooms.ts'

/** The part of the app that shows the merchant's server what it was told, and tells it again. */
export function events({ config, outbox, announce }: Rooms): Hono {
  const app = new Hono()
  app.use('/events/*', onlyWithKey(config.merchantApiKey))

  app.get('/events', async (c) => {
    const query = readQuery(c, eventQuery)
    if (!query.ok) return answerProblem(c, query.failure)
    const { state, after, limit } = query.value
    const listed = await outbox.list(state, after, limit)
    if (!listed.ok) return answerProblem(c, listed.failure)
    const next = toNext(listed.value, limit)
    const present = (event: StoredEvent) => presentStored(event, new URL(c.req.url).origin)
    return c.json({ events: listed.value.map(present), next })
  })

  app.post('/events/:id/replay', async (c) => {
    const replayed = await outbox.replay(c.req.param('id'))
    if (!replayed.ok) {
      const { reason } = replayed.failure
      return answerProblem(c, { reason })
    }
    announce(replayed.value.id)
    return c.json(presentStored(replayed.value, new URL(c.req.url).origin), 202)
  })
  return app
}

function presentStored(event: StoredEvent, origin: string): EventAnswer {
  return {
    id: event.id,
    type: toType(event.kind),
    merchant_uid: event.merchantUid,
    sequence: event.sequence,
    state: event.deliveredAt === null ? (event.dueAt === null ? 'dead' : 'pending') : 'delivered',
    tries: event.tries,
    failure: event.failure,
    due_at: event.dueAt?.toISOString() ?? null,
    delivered_at: event.deliveredAt?.toISOString() ?? null,
    created_at: event.createdAt.toISOString(),
    replay: `curl -X POST "${origin}${toReplayPath(event.id)}" -H "Authorization: Bearer $MERCHANT_API_KEY"`,
  }
}
