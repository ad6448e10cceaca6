import * as z from 'zod/mini'
import { accountGrammar, tierGrammar } from '../../domain/payee-grammar.ts'
import { naverProducts } from './naver-products.ts'

// Requests of the merchant's server. Unknown names are refused: a misspelt one would otherwise be ignored.

/** Order ids: every character in them has one encoding, in every system that they pass through. */
export const merchantUid = z
  .string()
  .check(z.regex(/^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,40}$/, 'is outside its grammar'))

export const policyRequest = z.optional(
  z.strictObject({
    late: z.optional(z.enum(['deliver', 'report', 'refund'])),
    unmatched: z.optional(z.enum(['report', 'refund'])),
  }),
)

/** Who is paid: whose orders, billing keys, identity verifications or subscriptions. */
export const payeeRequest = {
  /** The account of the setting `ACCOUNTS`; left out, that of `IMP_KEY`. */
  account: z.optional(z.string().check(z.regex(accountGrammar))),
  /** The sub-merchant (하위상점) of the account. */
  tier: z.optional(z.string().check(z.regex(tierGrammar))),
}

/** A name of the provider's, such as `html5_inicis` or `trans`. */
const channelName = z.string().check(z.regex(/^[a-z0-9_]{1,40}$/))

/** By which channel the order has to be paid; at least one of both. */
const expectedChannel = z
  .strictObject({
    /** The `pg_provider` of the payment's record. */
    pg_provider: z.optional(channelName),
    /** The `pay_method` of the payment's record, each that may be there. */
    pay_methods: z.optional(z.array(channelName).check(z.minLength(1), z.maxLength(10))),
    /** Creates the order although the rules of the PG say that this channel cannot take it. */
    ignore_rules: z.optional(z.boolean()),
  })
  .check(
    z.refine(
      ({ pg_provider, pay_methods }) => pg_provider !== undefined || pay_methods !== undefined,
    ),
  )

export const orderRequest = z.strictObject({
  merchant_uid: merchantUid,
  amount: z.number().check(z.positive()),
  currency: z.string().check(z.regex(/^[A-Z]{3}$/)),
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** The tax-free part of the amount, for a merchant id that mixes (복합과세); 0 says that nothing is. */
  tax_free: z.optional(z.number().check(z.nonnegative())),
  /** The VAT in what remains, where the PG lets the merchant name it. */
  vat_amount: z.optional(z.number().check(z.nonnegative())),
  allowances: z.optional(
    z
      .array(z.enum(['naverco_delivery_fee', 'card_promotion', 'billing_key_charge']))
      .check(z.maxLength(3)),
  ),
  expected_channel: z.optional(expectedChannel),
  /** The product lines that Naver Pay needs. */
  naverProducts: z.optional(naverProducts),
  ...payeeRequest,
  policy: policyRequest,
})

const cancelReason = z.optional(z.string().check(z.minLength(1), z.maxLength(200)))

/** The account that a bank transfer is refunded to; only the buyer knows it. */
const refundAccount = z.strictObject({
  holder: z.string().check(z.minLength(1), z.maxLength(100)),
  bank: z.string().check(z.minLength(1), z.maxLength(40)),
  account: z.string().check(z.minLength(1), z.maxLength(40)),
  tel: z.optional(z.string().check(z.minLength(1), z.maxLength(40))),
})

const taxPart = z.optional(z.number().check(z.nonnegative()))

export const refundRequest = z.strictObject({
  reason: cancelReason,
  refund: z.optional(refundAccount),
  /** The tax-free part of what is refunded; some PGs require it, even if it is 0. */
  tax_free: taxPart,
  /** The VAT part of what is refunded; required where the payment named its VAT. */
  vat_amount: taxPart,
  /** Keeps a card promotion although what remains no longer qualifies. */
  retain_promotion: z.optional(z.boolean()),
  /** Requests a webhook for this cancel; by default the provider sends none. */
  enable_webhook: z.optional(z.boolean()),
  /** Naver Pay: who requested the cancel. */
  extra: z.optional(z.strictObject({ requester: z.enum(['customer', 'admin']) })),
})

export const cancelRequest = z.extend(refundRequest, {
  /** Left out: everything that remains. */
  amount: z.optional(z.number().check(z.positive())),
  /** What the caller expects to remain; makes a repeated partial cancel harmless. */
  checksum: z.optional(z.number().check(z.positive())),
})

const eventState = z.enum(['pending', 'delivered', 'failed_permanently'])

/** The id of a reconciliation issue or an event: long enough for the ids of provider and merchant together. */
const resourceId = z.string().check(z.maxLength(120))
const pageQuery = {
  /** The last id of the page before. */
  after: z._default(resourceId, ''),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50),
}

export const eventQuery = z.strictObject({ state: eventState, ...pageQuery })

export const eventId = resourceId

export const reconciliationIssueQuery = z.strictObject({
  state: z._default(z.enum(['open', 'all']), 'open'),
  ...pageQuery,
})

export const reconciliationIssueId = resourceId

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
