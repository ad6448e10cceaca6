import * as z from 'zod/mini'
import { instant, mode, payeeFields } from './schemas.ts'

export const billingKeyFields = z.strictObject({
  customer_uid: z.string(),
  /** The `merchant_uid` with which the window is opened, unless it charges an order. */
  registration_id: z.string(),
  ...payeeFields,
  customer_id: z.string(),
  status: z.enum(['pending', 'registered', 'failed', 'deleting', 'deleted']),
  method: z.enum(['window', 'card', 'existing']),
  /** As the merchant named it. */
  pg: z.nullable(z.string()),
  channel_key: z.nullable(z.string()),
  pay_method: z.nullable(z.string()),
  /** The order that the window charges; null for one that only registers. */
  order_merchant_uid: z.nullable(z.string()),
  /** The payment whose window issued the key; null for a key that was issued by card data. */
  imp_uid: z.nullable(z.string()),
  /** Of the provider's record, when the key was registered. A buyer may change the means in a wallet. */
  pg_provider: z.nullable(z.string()),
  pg_id: z.nullable(z.string()),
  card_name: z.nullable(z.string()),
  card_code: z.nullable(z.string()),
  card_type: z.nullable(z.enum(['credit', 'debit'])),
  /** When the card ends; null where only the provider's window knew it. */
  expires_at: instant,
  /** The keys of a customer are charged in this order, the lowest first. */
  preference: z.int(),
  /** The `customer_uid` of the key that this one replaces, and of the one that replaces it. */
  replaces: z.nullable(z.string()),
  replaced_by: z.nullable(z.string()),
  failure: z.nullable(
    z.enum([
      'customer_uid_mismatch',
      'customer_id_mismatch',
      'channel_mismatch',
      'sandbox_key',
      'unexpected_charge',
      'refused',
      'cancelled_by_buyer',
      'key_missing',
      'not_completed',
    ]),
  ),
  /** The provider's text. Show it as text, never as HTML. */
  fail_reason: z.nullable(z.string()),
  sequence: z.int(),
  created_at: z.iso.datetime(),
  registered_at: instant,
  deleted_at: instant,
})

/** A billing key as the merchant API and its events show it. */
export type BillingKeyFields = z.infer<typeof billingKeyFields>

/** An event of a billing key. */
export const billingKeyEvent = z.strictObject({
  type: z.enum([
    'billing_key.registered',
    'billing_key.failed',
    'billing_key.replaced',
    'billing_key.deleted',
  ]),
  timestamp: z.iso.datetime(),
  data: z.extend(billingKeyFields, { mode }),
})
