import * as z from 'zod/mini'

/** RFC 9457, with our code as an extension member. */
export const problemDetails = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  error: z.string(),
  /** The fields of the request that do not fit together; with `channel_unsuitable` only. */
  parameters: z.optional(z.array(z.string())),
})
