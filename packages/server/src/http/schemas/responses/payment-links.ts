import * as z from 'zod/mini'

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
