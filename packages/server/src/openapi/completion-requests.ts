import * as z from 'zod/mini'

// What the completion routes receive. They read it without these schemas, which describe it.

/** What the buyer's page reports; further fields of the callback may be present and are not trusted. */
export const completionRequest = z.looseObject({
  imp_uid: z.nullish(z.string()),
  /** Taken from the payment's record when it is missing. */
  merchant_uid: z.nullish(z.string()),
})

/** What the provider sends to `notice_url`; nothing in it is trusted. An escrow or store notice has `event` instead. */
export const webhookRequest = z.looseObject({
  imp_uid: z.string(),
  merchant_uid: z.nullish(z.string()),
  /** What the provider claims of the payment; the record decides. */
  status: z.optional(z.string()),
  /** The cancel that caused it. */
  cancellation_id: z.optional(z.string()),
})

/** What the provider sends to `confirm_url` before it approves a payment; nothing in it is trusted. */
export const confirmRequest = z.looseObject({
  imp_uid: z.string(),
  merchant_uid: z.string(),
  /** The amount to be approved; a form has it as text. */
  amount: z.optional(z.union([z.number(), z.string()])),
})
