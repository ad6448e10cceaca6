import * as z from 'zod/mini'
import type { NaverProducts } from '../../domain/naver-product.ts'
import {
  instant,
  mode,
  orderFields,
  reconciliationIssueResponse,
  virtualAccount,
} from '../../events/schemas.ts'
import { naverProducts } from './naver-products.ts'

// Schemas of responses: the types of what is presented, and the source of the OpenAPI description.
export const eventResponse = z.strictObject({
  id: z.string(),
  type: z.string(),
  /** Null for an event of no order. */
  merchant_uid: z.nullable(z.string()),
  sequence: z.nullable(z.int()),
  state: z.enum(['pending', 'delivered', 'failed_permanently']),
  tries: z.int(),
  failure: z.nullable(z.string()),
  due_at: instant,
  delivered_at: instant,
  created_at: z.iso.datetime(),
  /** The command that sends it again, with the address in `PUBLIC_URL`; the path only while that is not set. */
  replay: z.string(),
})

export type EventResponse = z.infer<typeof eventResponse>

export const eventPage = z.strictObject({
  events: z.array(eventResponse),
  next: z.nullable(z.string()),
})

const cancelState = z.enum(['requested', 'unknown', 'confirmed', 'refused'])

export const cancelResponse = z.strictObject({
  imp_uid: z.string(),
  /** What remained before it. */
  checksum: z.number(),
  amount: z.number(),
  currency: z.string(),
  asked_by: z.enum(['merchant', 'policy']),
  /** The tax shares that were sent with it; null where none was. */
  tax_free: z.nullable(z.number()),
  vat_amount: z.nullable(z.number()),
  state: cancelState,
  detail: z.nullable(z.string()),
  requested_at: z.iso.datetime(),
  settled_at: instant,
})

export type CancelResponse = z.infer<typeof cancelResponse>

export const revocationResponse = z.strictObject({
  imp_uid: z.string(),
  state: cancelState,
  detail: z.nullable(z.string()),
  requested_at: z.iso.datetime(),
  settled_at: instant,
})

export type RevocationResponse = z.infer<typeof revocationResponse>

export const cancelList = z.strictObject({
  cancels: z.array(cancelResponse),
  /** Accounts of a closed or expired order that must receive no deposit any more. */
  revocations: z.array(revocationResponse),
})
export const reconciliationIssuePage = z.strictObject({
  reconciliation_issues: z.array(reconciliationIssueResponse),
  /** The `after` of the next page; null on the last one. */
  next: z.nullable(z.string()),
})

export const orderResponse = z.extend(orderFields, {
  order_token: z.string(),
  /** What the page passes to the payment window as `tax_free` and `vat_amount`; null where it was not named. */
  tax_free: z.nullable(z.number()),
  vat_amount: z.nullable(z.number()),
  /** By which channel it has to be paid; null where every one will do. An empty list leaves the method open. */
  expected_channel: z.nullable(
    z.strictObject({ pg_provider: z.nullable(z.string()), pay_methods: z.array(z.string()) }),
  ),
  /** What the page passes to the payment window as it is; null where none were named. */
  naverProducts: z.nullable(naverProducts),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  mode,
})

export type OrderResponse = Omit<z.infer<typeof orderResponse>, 'naverProducts'> & {
  readonly naverProducts: NaverProducts | null
}

/** RFC 9457, with our code as an extension member. */
export const problemDetails = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  error: z.string(),
  /** The fields of the request that do not fit together; with `channel_unsuitable` only. */
  parameters: z.optional(z.array(z.string())),
})

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
  naverProducts: z.nullable(naverProducts),
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

export const healthResponse = z.strictObject({ status: z.literal('ok') })

const readinessCheck = z.strictObject({
  /** `accounts`: the keys of the further accounts. Its failure leaves the server ready. */
  name: z.enum(['settings', 'database', 'provider', 'accounts', 'process']),
  ok: z.boolean(),
  /** Why it failed; left out when it passed. */
  reason: z.optional(
    z.enum([
      'configuration',
      'store_unavailable',
      'database_not_migrated',
      'provider_refused_us',
      'provider_unavailable',
      'stopping',
    ]),
  ),
  /** The names of the settings to correct; left out where there is none. */
  detail: z.optional(z.string()),
  /** Of how many accounts the check failed; left out with every other check. The log names them. */
  failed: z.optional(z.int()),
})

export type ReadinessCheck = z.infer<typeof readinessCheck>

export const readinessResponse = z.strictObject({
  status: z.enum(['ready', 'not_ready']),
  checks: z.array(readinessCheck),
})

export type ReadinessResponse = z.infer<typeof readinessResponse>
