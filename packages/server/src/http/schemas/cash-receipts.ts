import * as z from 'zod/mini'

// Requests and responses of cash receipts.

const name = z.optional(z.string().check(z.minLength(1), z.maxLength(100)))
const part = z.optional(z.number().check(z.nonnegative()))

/** The recipient. None of it is stored or logged. */
export const cashReceiptRequest = z.strictObject({
  /** A telephone, business, resident or cash receipt card number. */
  identifier: z.string().check(z.regex(/^[0-9-]{4,24}$/)),
  identifier_type: z.optional(z.enum(['person', 'business', 'phone', 'taxcard'])),
  /** Income deduction (소득공제), the default, or proof of expense (지출증빙). */
  type: z.optional(z.enum(['person', 'company'])),
  buyer_name: name,
  buyer_email: name,
  buyer_tel: name,
  /** Left out for an order that names its tax shares: what remains of them. */
  tax_free: part,
  vat_amount: part,
})

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
