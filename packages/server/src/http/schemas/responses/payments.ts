import * as z from 'zod/mini'
import { instant, virtualAccount } from '../../../events/schemas.ts'
import { naverProducts } from '../requests/naver-products.ts'

const completionStatuses = [
  'success',
  'vbankIssued',
  'failed',
  'cancelled',
  'partiallyCancelled',
  'pending',
] as const

export const completionResponse = z.strictObject({
  status: z.enum([...completionStatuses, 'received', 'forgery']),
  message: z.string(),
  error_code: z.optional(z.string()),
  error_msg: z.optional(z.string()),
  mode: z.optional(z.literal('test')),
})

export const buyerOrderResponse = z.strictObject({
  status: z.enum(completionStatuses),
  message: z.string(),
  merchant_uid: z.string(),
  amount: z.number(),
  currency: z.string(),
  cancelled_amount: z.number(),
  paid_at: instant,
  virtual_account: z.nullable(virtualAccount),
  error_msg: z.nullable(z.string()),
  receipt_url: z.nullable(z.string()),
  /** What the page passes to the payment window as it is; null where none were named. */
  naverProducts: z.nullable(naverProducts()),
  mode: z.optional(z.literal('test')),
})

export const invalidRequestResponse = z.strictObject({
  status: z.literal('invalid'),
  error: z.string(),
  message: z.optional(z.string()),
})

/** The database did not respond, or too many requests came from one address: the same request may succeed later. */
export const retryLaterResponse = z.strictObject({
  status: z.literal('pending'),
  message: z.string(),
})

/** `retry`: the provider should send it again. It reveals nothing of the order. */
export const webhookResponse = z.strictObject({ status: z.enum(['received', 'retry']) })

export const approvalResponse = z.strictObject({ status: z.literal('approved') })

/** The provider shows `reason` to the buyer. */
export const approvalRefusal = z.strictObject({ reason: z.string() })
