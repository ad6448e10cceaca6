import * as z from 'zod/mini'
import { once } from '../once.ts'

/** What the merchant's server decided about a payment that waits for its approval. */
export const shopDecision = once(() =>
  z.discriminatedUnion('approve', [
    z.looseObject({ approve: z.literal(true) }),
    z.looseObject({
      approve: z.literal(false),
      /** The buyer reads it, on one line. */
      reason: z.nullish(
        z.string().check(z.minLength(1), z.maxLength(200), z.regex(/^[^\p{Cc}]+$/u)),
      ),
    }),
  ]),
)

export type ShopDecision = z.infer<ReturnType<typeof shopDecision>>
