import { AsyncLocalStorage } from 'node:async_hooks'
import type { LogFields } from '@quayside/server'

/** Tells which request a line of the log belongs to. */
export interface RequestContext {
  /** Responds to a request within its context. The response repeats the id in `X-Request-Id`. */
  readonly run: (request: Request, respond: () => Promise<Response>) => Promise<Response>
  /** The id of the request that is being responded to; nothing elsewhere. */
  readonly fields: () => LogFields
}

/** What a proxy in front of the server uses. Anything else could deceive whoever reads the log. */
const harmless = /^[\w.:-]{8,64}$/

/** Makes the context; `newId` makes the id of a request that has none. */
export function createRequestContext(newId: () => string): RequestContext {
  const ids = new AsyncLocalStorage<string>()
  return {
    async run(request, respond) {
      const given = request.headers.get('x-request-id') ?? ''
      const id = harmless.test(given) ? given : newId()
      const response = await ids.run(id, respond)
      response.headers.set('X-Request-Id', id)
      return response
    },
    fields() {
      const requestId = ids.getStore()
      return requestId === undefined ? {} : { requestId }
    },
  }
}

/** Keeps the context of whoever scheduled an event, in which it is sent: its request and its trace. */
export interface EventContexts {
  readonly keep: (eventId: string) => void
  /** Runs in the context that was kept for an event, or in none. */
  readonly resume: <Value>(eventId: string, run: () => Value) => Value
}

/** As many as a queue of events holds by default. */
const maxContexts = 10_000

export function createEventContexts(): EventContexts {
  const none = AsyncLocalStorage.snapshot()
  const contexts = new Map<string, typeof none>()
  return {
    keep(eventId) {
      const [oldest] = contexts.keys()
      if (contexts.size >= maxContexts && oldest !== undefined) contexts.delete(oldest)
      contexts.set(eventId, AsyncLocalStorage.snapshot())
    },
    resume(eventId, run) {
      const runInContext = contexts.get(eventId) ?? none
      contexts.delete(eventId)
      return runInContext(run)
    },
  }
}
