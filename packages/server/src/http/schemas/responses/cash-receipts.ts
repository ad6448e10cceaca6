import * as z from 'zod/mini'

export const cashReceiptResponse = z.strictObject({
  merchant_uid: z.string(),
  imp_uid: z.string(),
  state: z.enum(['issued', 'cancelled']),
  type: z.string(),
  amount: z.number(),
  vat: z.number(),
  /** The approval number of the tax office. */
  apply_num: z.string(),
  receipt_tid: z.nullable(z.string()),
  receipt_url: z.nullable(z.string()),
  issued_at: z.iso.datetime(),
  cancelled_at: z.nullable(z.iso.datetime()),
})

export type CashReceiptResponse = z.infer<typeof cashReceiptResponse>
