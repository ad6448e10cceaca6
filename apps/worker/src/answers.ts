import * as z from 'zod/mini'

// What is answered, as schemas: the types of the presenters and the source of the OpenAPI document.

const instant = z.nullable(z.iso.datetime())

export const virtualAccount = z.strictObject({
  bank: z.nullable(z.string()),
  number: z.string(),
  holder: z.nullable(z.string()),
  due_at: instant,
})

export const orderStatus = z.enum([
  'pending',
  'vbank_issued',
  'paid',
  'failed',
  'partially_cancelled',
  'cancelled',
  'expired',
])

export const policy = z.strictObject({
  late: z.enum(['deliver', 'report', 'refund']),
  stray: z.enum(['report', 'refund']),
})

const orderFacts = z.strictObject({
  merchant_uid: z.string(),
  amount: z.number(),
  currency: z.string(),
  status: orderStatus,
  imp_uid: z.nullable(z.string()),
  cancelled_amount: z.number(),
  paid_at: instant,
  virtual_account: z.nullable(virtualAccount),
  fail_reason: z.nullable(z.string()),
  receipt_url: z.nullable(z.string()),
  policy,
  sequence: z.int(),
})

export type OrderFacts = z.infer<typeof orderFacts>

/** A payment that is not the one its order stands on. */
export const strayPayment = z.strictObject({
  imp_uid: z.string(),
  amount: z.number(),
  currency: z.string(),
  cancelled_amount: z.number(),
})

export const eventPayload = z.extend(orderFacts, { stray_payment: z.optional(strayPayment) })

export type EventPayload = z.infer<typeof eventPayload>

export const orderAnswer = z.extend(orderFacts, {
  order_token: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  mode: z.enum(['live', 'test']),
})

export type OrderAnswer = z.infer<typeof orderAnswer>

export const problemAnswer = z.strictObject({ error: z.string(), message: z.string() })

export const doorAnswer = z.strictObject({
  status: z.enum([
    'success',
    'vbankIssued',
    'failed',
    'cancelled',
    'partiallyCancelled',
    'pending',
    'forgery',
  ]),
  message: z.string(),
  error_code: z.optional(z.string()),
  error_msg: z.optional(z.string()),
  mode: z.optional(z.literal('test')),
})

export const buyerAnswer = z.strictObject({
  status: z.enum([
    'success',
    'vbankIssued',
    'failed',
    'cancelled',
    'partiallyCancelled',
    'pending',
  ]),
  message: z.string(),
  merchant_uid: z.string(),
  amount: z.number(),
  currency: z.string(),
  cancelled_amount: z.number(),
  paid_at: instant,
  virtual_account: z.nullable(virtualAccount),
  error_msg: z.nullable(z.string()),
  receipt_url: z.nullable(z.string()),
  mode: z.optional(z.literal('test')),
})

export const refusedAnswer = z.strictObject({
  status: z.literal('invalid'),
  error: z.string(),
  message: z.optional(z.string()),
})
