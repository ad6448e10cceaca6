import * as z from 'zod/mini'
import { once } from '../../../once.ts'

const eventState = once(() => z.enum(['pending', 'delivered', 'failed_permanently']))

/** The id of a reconciliation issue or an event: long enough for the ids of provider and merchant together. */
const resourceId = once(() => z.string().check(z.maxLength(120)))
const pageQuery = once(() => ({
  /** The last id of the page before. */
  after: z._default(resourceId(), ''),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
}))

export const eventQuery = once(() => z.strictObject({ state: eventState(), ...pageQuery() }))

export const eventId = resourceId

export const reconciliationIssueQuery = once(() =>
  z.strictObject({
    state: z._default(z.enum(['open', 'all']), 'open'),
    ...pageQuery(),
  }),
)

export const reconciliationIssueId = resourceId
