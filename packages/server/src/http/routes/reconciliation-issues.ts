import { type Context, Hono } from 'hono'
import type { Rooms } from '../../deps.ts'
import { presentException } from '../../events/payload.ts'
import { toDetails } from '../../payments/cancel-details.ts'
import { giveBack } from '../../payments/refund-issue.ts'
import { onlyWithKey } from '../api-key.ts'
import { toNext } from '../pagination.ts'
import { problemResponse } from '../problem-response.ts'
import { exceptionQuery, refundRequest } from '../schemas/requests.ts'
import { limitBody, readQuery, readRequest } from '../validate.ts'

/** The part of the app that shows the merchant's server money that no order explains, and gives it back. */
export function exceptions(rooms: Rooms): Hono {
  const { store } = rooms
  const app = new Hono()
  app.use('/exceptions/*', onlyWithKey(rooms.config.merchantApiKey), limitBody)

  app.get('/exceptions', async (c) => {
    const query = readQuery(c, exceptionQuery)
    if (!query.ok) return problemResponse(c, query.failure)
    const { state, after, limit } = query.value
    const listed = await store.exceptions.list(state, after, limit)
    if (!listed.ok) return problemResponse(c, listed.failure)
    const next = toNext(listed.value, limit)
    return c.json({ exceptions: listed.value.map(presentException), next })
  })

  app.post('/exceptions/:id/close', (c) => close(c, c.req.param('id'), 'closed_by_merchant', rooms))

  app.post('/exceptions/:id/refund', async (c) => {
    const request = await readRequest(c, refundRequest)
    if (!request.ok) return problemResponse(c, request.failure)
    const found = await store.exceptions.find(c.req.param('id'))
    if (!found.ok) return problemResponse(c, found.failure)
    if (found.value === null) return problemResponse(c, { reason: 'exception_unknown' })

    const ending = await giveBack(found.value, toDetails(request.value), rooms)
    switch (ending.kind) {
      case 'closed':
        return close(c, found.value.id, ending.outcome, rooms)
      case 'again':
        return problemResponse(c, ending.problem)
      case 'person':
        return problemResponse(c, { reason: ending.outcome })
    }
  })
  return app
}

async function close(c: Context, id: string, outcome: string, { store }: Rooms): Promise<Response> {
  const closed = await store.exceptions.end(id, outcome)
  if (!closed.ok) return problemResponse(c, closed.failure)
  if (closed.value === null) return problemResponse(c, { reason: 'exception_unknown' })
  return c.json(presentException(closed.value))
}
