import * as z from 'zod/mini'

export const escrowDeliveryResponse = z.strictObject({
  merchant_uid: z.string(),
  company: z.string(),
  invoice: z.string(),
  sent_at: z.iso.datetime(),
  registered_at: z.iso.datetime(),
})

export type EscrowDeliveryResponse = z.infer<typeof escrowDeliveryResponse>
