import * as z from 'zod/mini'
import { eventId, eventQuery } from '../http/schemas/requests/events.ts'
import { eventPage, eventResponse } from '../http/schemas/responses/events.ts'
import { json, type Paths, problems } from './parts.ts'

/** Standard Webhooks: what a receiver verifies before it reads the body. */
export const eventHeaders = z.object({
  /** The id of the event, the same at every try. */
  'webhook-id': z.string(),
  /** When it was sent, in seconds since 1970. */
  'webhook-timestamp': z.string().check(z.regex(/^[0-9]+$/)),
  /** One signature for each secret of `EVENT_SECRETS`, separated by spaces. */
  'webhook-signature': z
    .string()
    .check(z.regex(/^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$/)),
})

export const eventPaths: Paths = {
  '/events': {
    get: {
      operationId: 'listEvents',
      tags: ['events'],
      security: [{ merchantKey: [] }],
      summary: 'List events by state',
      description: 'In the order of their ids; `next` is the `after` of the next page.',
      requestParams: { query: eventQuery() },
      responses: {
        '200': json('One page', eventPage),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/events/{id}/replay': {
    post: {
      operationId: 'replayEvent',
      tags: ['events'],
      security: [{ merchantKey: [] }],
      summary: 'Send an event again, whatever its state',
      description: 'It is sent at once, or within a minute, with the same id and the same body.',
      requestParams: { path: z.object({ id: eventId() }) },
      responses: {
        '202': json('Scheduled again', eventResponse),
        ...problems({ '401': 'unauthorized', '404': 'event_unknown', '503': 'store_unavailable' }),
      },
    },
  },
}
