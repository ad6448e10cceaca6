import * as z from 'zod/mini'

// What is answered, as schemas: the types of the presenters and the source of the OpenAPI document.

const instant = z.nullable(z.iso.datetime())

export const virtualAccount = z.strictObject({
  bank: z.nullable(z.string()),
  number: z.string(),
  holder: z.nullable(z.string()),
  due_at: instant,
})

const orderStatus = z.enum([
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
const strayPayment = z.strictObject({
  imp_uid: z.string(),
  amount: z.number(),
  currency: z.string(),
  cancelled_amount: z.number(),
})

const eventPayload = z.extend(orderFacts, { stray_payment: z.optional(strayPayment) })

export type EventPayload = z.infer<typeof eventPayload>

const eventType = z.enum([
  'order.paid',
  'order.vbank_issued',
  'order.failed',
  'order.cancelled',
  'order.partially_cancelled',
  'order.expired',
  'order.duplicate_paid',
  'order.late_paid',
])

const mode = z.enum(['live', 'test'])

/** What is told of an order. */
export const orderEvent = z.strictObject({
  type: eventType,
  timestamp: z.iso.datetime(),
  data: z.extend(eventPayload, { mode }),
})

export const eventAnswer = z.strictObject({
  id: z.string(),
  type: z.string(),
  /** Null for an event of no order. */
  merchant_uid: z.nullable(z.string()),
  sequence: z.nullable(z.int()),
  state: z.enum(['pending', 'delivered', 'dead']),
  tries: z.int(),
  failure: z.nullable(z.string()),
  due_at: instant,
  delivered_at: instant,
  created_at: z.iso.datetime(),
  /** The command that sends it again. */
  replay: z.string(),
})

export type EventAnswer = z.infer<typeof eventAnswer>

export const eventPage = z.strictObject({
  events: z.array(eventAnswer),
  next: z.nullable(z.string()),
})

const cancelState = z.enum(['requested', 'unknown', 'confirmed', 'refused'])

export const cancelAnswer = z.strictObject({
  imp_uid: z.string(),
  /** What remained before it. */
  checksum: z.number(),
  amount: z.number(),
  currency: z.string(),
  asked_by: z.enum(['merchant', 'policy']),
  state: cancelState,
  detail: z.nullable(z.string()),
  requested_at: z.iso.datetime(),
  settled_at: instant,
})

export type CancelAnswer = z.infer<typeof cancelAnswer>

const revocationAnswer = z.strictObject({
  imp_uid: z.string(),
  state: cancelState,
  detail: z.nullable(z.string()),
  requested_at: z.iso.datetime(),
  settled_at: instant,
})

export type RevocationAnswer = z.infer<typeof revocationAnswer>

export const cancelList = z.strictObject({
  cancels: z.array(cancelAnswer),
  /** Accounts of a closed or expired order that nobody may pay into any more. */
  revocations: z.array(revocationAnswer),
})

export const exceptionAnswer = z.strictObject({
  id: z.string(),
  kind: z.enum([
    'duplicate_paid',
    'late_paid',
    'mismatch_paid',
    'order_unknown',
    'payment_missing',
  ]),
  merchant_uid: z.string(),
  imp_uid: z.string(),
  payment_status: z.string(),
  amount: z.number(),
  currency: z.string(),
  cancelled_amount: z.number(),
  pay_method: z.nullable(z.string()),
  pg_provider: z.nullable(z.string()),
  policy: z.enum(['report', 'refund']),
  outcome: z.nullable(z.string()),
  tries: z.int(),
  created_at: z.iso.datetime(),
  closed_at: instant,
})

export type ExceptionAnswer = z.infer<typeof exceptionAnswer>

/** What is told of money that no order explains. */
export const exceptionEvent = z.strictObject({
  type: z.literal('payment.exception'),
  timestamp: z.iso.datetime(),
  data: z.strictObject({ exception: exceptionAnswer, mode }),
})

/** The body of what is sent to the merchant's receiver. */
export const eventBody = z.union([orderEvent, exceptionEvent])

export const exceptionPage = z.strictObject({
  exceptions: z.array(exceptionAnswer),
  /** What the next page comes after; null on the last one. */
  next: z.nullable(z.string()),
})

export const orderAnswer = z.extend(orderFacts, {
  order_token: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  mode,
})

export type OrderAnswer = z.infer<typeof orderAnswer>

export const problemAnswer = z.strictObject({ error: z.string(), message: z.string() })

const orderWords = [
  'success',
  'vbankIssued',
  'failed',
  'cancelled',
  'partiallyCancelled',
  'pending',
] as const

export const doorAnswer = z.strictObject({
  status: z.enum([...orderWords, 'forgery']),
  message: z.string(),
  error_code: z.optional(z.string()),
  error_msg: z.optional(z.string()),
  mode: z.optional(z.literal('test')),
})

export const buyerAnswer = z.strictObject({
  status: z.enum(orderWords),
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
