import * as z from 'zod/mini'
import { once } from '../../../once.ts'

const text = (length: number) => z.string().check(z.minLength(1), z.maxLength(length))
const method = once(() => ({ pay_method: text(40), label: z.optional(text(40)) }))

export const linkRequest = once(() =>
  z.strictObject({
    /** The heading of the payment page; by default the name of the order. */
    title: z.optional(text(100)),
    /** Who pays. The provider requires the phone number. Nothing of it is stored here. */
    buyer: z.strictObject({
      tel: text(40),
      name: z.optional(text(100)),
      email: z.optional(text(254)),
    }),
    /** What the buyer can choose from; each with its channel, by key or by `{provider}.{MID}`. */
    pay_methods: z
      .array(
        z.union([
          z.strictObject({ channelKey: text(100), ...method() }),
          z.strictObject({ pg: text(100), ...method() }),
        ]),
      )
      .check(z.minLength(1), z.maxLength(20)),
    language: z.optional(z.enum(['ko', 'en'])),
    expires_in_hours: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(24 * 90))),
  }),
)

/** The id of a link: the last segment of its address. */
export const linkId = once(() => z.string().check(z.maxLength(64)))
