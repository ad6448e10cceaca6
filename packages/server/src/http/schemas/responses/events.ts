import * as z from 'zod/mini'
import { instant } from '../../../events/schemas.ts'

// Schemas of responses: the types of what is presented, and the source of the OpenAPI description.
export const eventResponse = z.strictObject({
  id: z.string(),
  type: z.string(),
  /** Null for an event of no order. */
  merchant_uid: z.nullable(z.string()),
  sequence: z.nullable(z.int()),
  state: z.enum(['pending', 'delivered', 'failed_permanently']),
  tries: z.int(),
  failure: z.nullable(z.string()),
  due_at: instant,
  delivered_at: instant,
  created_at: z.iso.datetime(),
  /** The command that sends it again, with the address in `PUBLIC_URL`; the path only while that is not set. */
  replay: z.string(),
})

export type EventResponse = z.infer<typeof eventResponse>

export const eventPage = z.strictObject({
  events: z.array(eventResponse),
  next: z.nullable(z.string()),
})
