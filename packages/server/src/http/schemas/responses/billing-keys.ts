import * as z from 'zod/mini'
import { billingKeyFields } from '../../../events/billing-key-schemas.ts'
import { mode } from '../../../events/schemas.ts'

/** The parameters of `IMP.request_pay`, to which the page adds the buyer's. */
const windowParams = z.strictObject({
  pg: z.optional(z.string()),
  channelKey: z.optional(z.string()),
  pay_method: z.string(),
  merchant_uid: z.string(),
  customer_uid: z.string(),
  customer_id: z.string(),
  name: z.string(),
  amount: z.number(),
  currency: z.string(),
})

export const billingKeyResponse = z.extend(billingKeyFields, {
  /** The card ends before the next month begins. */
  expires_soon: z.boolean(),
  mode,
})

export type BillingKeyResponse = z.infer<typeof billingKeyResponse>

export const createdBillingKey = z.extend(billingKeyResponse, {
  /** How the page opens the window; null where the data of a card is sent instead. */
  window: z.nullable(windowParams),
  /** The merchant code with which the page opens the window, null where the settings have none; left out for the account of `IMP_KEY`. */
  user_code: z.optional(z.nullable(z.string())),
  /** Lets the buyer's page read the status of the registration: `GET /payments/subjects/{registration_id}`. */
  token: z.string(),
})

export type CreatedBillingKey = z.infer<typeof createdBillingKey>

export const billingKeyPage = z.strictObject({
  billing_keys: z.array(billingKeyResponse),
  /** The `after` of the next page; null on the last one. */
  next: z.nullable(z.string()),
})
