import * as z from 'zod/mini'
import { once } from '../../../once.ts'
import { merchantUid, payeeRequest, policyRequest } from './orders.ts'

/** The merchant's own id of its buyer: any characters but control characters, and no segment that paths leave out. */
export const customerId = once(() =>
  z.string().check(z.regex(/^(?!\.{1,2}$)[^\p{Cc}\p{Cs}]{1,128}$/u, 'is outside its grammar')),
)

/** As the server drew it, or as it was issued before. */
export const customerUid = once(() =>
  z.string().check(z.regex(/^(?!\.{1,2}$)[A-Za-z0-9_.@:-]{1,80}$/, 'is outside its grammar')),
)

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))

export const billingKeyRequest = once(() =>
  z.strictObject({
    customer_id: customerId(),
    ...payeeRequest(),
    /** `window`: the provider's window registers it. `card`: a form of the shop takes the data of the card. `existing`: the provider has it already. */
    method: z._default(z.enum(['window', 'card', 'existing']), 'window'),
    /** The key that exists already, with `existing` alone. */
    customer_uid: z.optional(customerUid()),
    /** `{provider}` or `{provider}.{MID}`. */
    pg: z.optional(z.string().check(z.regex(/^[a-z0-9_]{1,40}(?:\.[A-Za-z0-9_-]{1,80})?$/))),
    channel_key: z.optional(text(120)),
    pay_method: z.optional(z.string().check(z.regex(/^[a-z0-9_]{1,40}$/))),
    /** What the window shows, or what it charges for `order`; 0 by default. */
    amount: z.optional(z.number().check(z.nonnegative())),
    currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
    /** What the window names. */
    name: z.optional(text(40)),
    /** The `customer_uid` of the key that it replaces. */
    replaces: z.optional(customerUid()),
    /** The order that the same window charges, where the window of the PG does. */
    order: z.optional(z.strictObject({ merchant_uid: merchantUid(), policy: policyRequest() })),
  }),
)

/** The data of a card. It is sent to the provider and kept nowhere. */
export const cardRequest = once(() =>
  z.strictObject({
    card_number: z.string().check(z.regex(/^\d{4}-?\d{4}-?\d{4}-?\d{1,7}$/)),
    /** `YYYY-MM`. */
    expiry: z.string().check(z.regex(/^20\d{2}-(?:0[1-9]|1[0-2])$/)),
    /** `YYMMDD`, or the ten digits of a business. */
    birth: z.optional(z.string().check(z.regex(/^\d{6}(?:\d{4})?$/))),
    pwd_2digit: z.optional(z.string().check(z.regex(/^\d{2}$/))),
    cvc: z.optional(z.string().check(z.regex(/^\d{3,4}$/))),
  }),
)

/** With which payee a key is. */
export const keyQuery = once(() => z.strictObject(payeeRequest()))

export const deletionQuery = once(() =>
  z.strictObject({
    ...payeeRequest(),
    /** Some PGs demand one. */
    reason: z.optional(text(200)),
    requester: z._default(z.enum(['customer', 'admin']), 'admin'),
  }),
)

export const preferenceRequest = once(() =>
  z.strictObject({
    /** The keys in the order in which they are charged. */
    customer_uids: z.array(customerUid()).check(
      z.minLength(1),
      z.maxLength(20),
      z.refine((all) => new Set(all).size === all.length),
    ),
  }),
)

export const billingKeyQuery = once(() =>
  z.strictObject({
    ...payeeRequest(),
    /** The last `registration_id` of the page before. */
    after: z._default(z.string().check(z.maxLength(40)), ''),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
  }),
)
