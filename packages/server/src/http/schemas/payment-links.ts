import * as z from 'zod/mini'

const text = (length: number) => z.string().check(z.minLength(1), z.maxLength(length))
const method = { pay_method: text(40), label: z.optional(text(40)) }

export const linkRequest = z.strictObject({
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
        z.strictObject({ channelKey: text(100), ...method }),
        z.strictObject({ pg: text(100), ...method }),
      ]),
    )
    .check(z.minLength(1), z.maxLength(20)),
  language: z.optional(z.enum(['ko', 'en'])),
  expires_in_hours: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(24 * 90))),
})

/** The id of a link: the last segment of its address. */
export const linkId = z.string().check(z.maxLength(64))

export const paymentLinkResponse = z.strictObject({
  id: z.string(),
  merchant_uid: z.string(),
  /** The address of the payment page, for the buyer. */
  url: z.string(),
  /** `open` until it is closed or its time is over. */
  state: z.enum(['open', 'closed_by_merchant', 'order_closed', 'expired']),
  expires_at: z.iso.datetime(),
  created_at: z.iso.datetime(),
  closed_at: z.nullable(z.iso.datetime()),
})

export type PaymentLinkResponse = z.infer<typeof paymentLinkResponse>

export const paymentLinkList = z.strictObject({ payment_links: z.array(paymentLinkResponse) })
