import * as z from 'zod/mini'
import { orderStatuses } from '../domain/status.ts'

// Schemas of events: the types of what is presented, and the source of the OpenAPI description.

export const instant = z.nullable(z.iso.datetime())

export const virtualAccount = z.strictObject({
  bank: z.nullable(z.string()),
  number: z.string(),
  holder: z.nullable(z.string()),
  due_at: instant,
})

/** An account that can still be paid into, with its payment. */
const orderAccount = z.extend(virtualAccount, { imp_uid: z.string() })

export const policy = z.strictObject({
  late: z.enum(['deliver', 'report', 'refund']),
  unmatched: z.enum(['report', 'refund']),
})

/** Who is paid, where that is not the account of the settings: left out there. */
export const payeeFields = {
  account: z.optional(z.nullable(z.string())),
  tier: z.optional(z.nullable(z.string())),
}

export const orderFields = z.strictObject({
  merchant_uid: z.string(),
  ...payeeFields,
  amount: z.number(),
  currency: z.string(),
  status: z.enum(orderStatuses),
  imp_uid: z.nullable(z.string()),
  /** The payment's own amount, in which refunds are counted; null before money arrived. */
  paid_amount: z.nullable(z.number()),
  cancelled_amount: z.number(),
  paid_at: instant,
  virtual_account: z.nullable(virtualAccount),
  virtual_accounts: z.array(orderAccount),
  fail_reason: z.nullable(z.string()),
  receipt_url: z.nullable(z.string()),
  policy,
  sequence: z.int(),
})

/** An order as the merchant API and its events show it: amounts in the currency's unit, times in ISO 8601. */
export type OrderFields = z.infer<typeof orderFields>

/** A payment that its order does not account for. */
const unmatchedPayment = z.strictObject({
  imp_uid: z.string(),
  amount: z.number(),
  currency: z.string(),
  cancelled_amount: z.number(),
})

/** What became of a payment in escrow, as the PG reported it. */
const escrowChange = z.strictObject({
  imp_uid: z.string(),
  status: z.enum([
    'delivery_registered',
    'confirmed',
    'confirmed_automatically',
    'confirmed_by_pg',
    'refused',
    'cancelled',
    'refusal_confirmed',
  ]),
  changed_at: instant,
  /** Why the buyer refused the purchase; null without a reason. */
  denied_reason: z.nullable(z.string()),
})

const eventPayload = z.extend(orderFields, {
  unmatched_payment: z.optional(unmatchedPayment),
  escrow_change: z.optional(escrowChange),
})

/** The `data` of an order's event, without `mode`. */
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
  'order.escrow_changed',
])

/** The `type` of an event of an order. */
export type OrderEventType = z.infer<typeof eventType>

export const mode = z.enum(['live', 'test'])

/** An event of an order. */
export const orderEvent = z.strictObject({
  type: eventType,
  timestamp: z.iso.datetime(),
  data: z.extend(eventPayload, { mode }),
})

export const reconciliationIssueResponse = z.strictObject({
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
  ...payeeFields,
  reason: z.nullable(
    z.enum([
      'amount_mismatch',
      'currency_mismatch',
      'billing_key_issue',
      'payment_too_old',
      'channel_mismatch',
    ]),
  ),
  is_charged: z.enum(['yes', 'perhaps']),
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

/** A reconciliation issue as the merchant API and its events show it. */
export type ReconciliationIssueResponse = z.infer<typeof reconciliationIssueResponse>

/** An event of a reconciliation issue. */
export const reconciliationIssueEvent = z.strictObject({
  type: z.literal('payment.unreconciled'),
  timestamp: z.iso.datetime(),
  data: z.strictObject({ reconciliation_issue: reconciliationIssueResponse, mode }),
})

/** The event with which an operator tries the receiver. */
export const testEvent = z.strictObject({
  type: z.literal('receiver.test'),
  timestamp: z.iso.datetime(),
  data: z.strictObject({ mode }),
})

/** What the merchant's server is asked before a payment is approved. */
export const confirmMessage = z.strictObject({
  type: z.literal('payment.confirm'),
  timestamp: z.iso.datetime(),
  data: z.strictObject({
    /** The payment that waits for its approval; nobody has looked it up. */
    imp_uid: z.string(),
    order: orderFields,
    mode,
  }),
})
