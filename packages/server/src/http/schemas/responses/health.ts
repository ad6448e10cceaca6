import * as z from 'zod/mini'

export const healthResponse = z.strictObject({ status: z.literal('ok') })

const readinessCheck = z.strictObject({
  /** `accounts`: the keys of the further accounts. Its failure leaves the server ready. */
  name: z.enum(['settings', 'database', 'provider', 'accounts', 'process']),
  ok: z.boolean(),
  /** Why it failed; left out when it passed. */
  reason: z.optional(
    z.enum([
      'configuration',
      'store_unavailable',
      'database_not_migrated',
      'provider_refused_us',
      'provider_unavailable',
      'stopping',
    ]),
  ),
  /** The names of the settings to correct; left out where there is none. */
  detail: z.optional(z.string()),
  /** Of how many accounts the check failed; left out with every other check. The log names them. */
  failed: z.optional(z.int()),
})

export type ReadinessCheck = z.infer<typeof readinessCheck>

export const readinessResponse = z.strictObject({
  status: z.enum(['ready', 'not_ready']),
  checks: z.array(readinessCheck),
})

export type ReadinessResponse = z.infer<typeof readinessResponse>
