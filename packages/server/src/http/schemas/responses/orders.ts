import * as z from 'zod/mini'
import type { NaverProducts } from '../../../domain/naver-product.ts'
import { instant, mode, orderFields, reconciliationIssueResponse } from '../../../events/schemas.ts'
import { naverProducts } from '../requests/naver-products.ts'

// Schemas of responses: the types of what is presented, and the source of the OpenAPI description. No program that runs imports
// more of them than types.

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
  naverProducts: z.nullable(naverProducts()),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  mode,
})

export type OrderResponse = Omit<z.infer<typeof orderResponse>, 'naverProducts'> & {
  readonly naverProducts: NaverProducts | null
}
