import * as z from 'zod/mini'
import { accountGrammar, tierGrammar } from '../../../domain/payee-grammar.ts'
import { once } from '../../../once.ts'
import { naverProducts } from './naver-products.ts'

// Requests of the merchant's server about orders, and what others share with them. Unknown names are refused: a misspelt one would
// otherwise be ignored.

/** Order ids: every character in them has one encoding, in every system that they pass through. */
export const merchantUid = once(() =>
  z.string().check(z.regex(/^(?!\.{1,2}$)[A-Za-z0-9_.-]{1,40}$/, 'is outside its grammar')),
)

export const policyRequest = once(() =>
  z.optional(
    z.strictObject({
      late: z.optional(z.enum(['deliver', 'report', 'refund'])),
      unmatched: z.optional(z.enum(['report', 'refund'])),
    }),
  ),
)

/** Who is paid: whose orders, billing keys, identity verifications or subscriptions. */
export const payeeRequest = once(() => ({
  /** The account of the setting `ACCOUNTS`; left out, that of `IMP_KEY`. */
  account: z.optional(z.string().check(z.regex(accountGrammar))),
  /** The sub-merchant (하위상점) of the account. */
  tier: z.optional(z.string().check(z.regex(tierGrammar))),
}))

/** A name of the provider's, such as `html5_inicis` or `trans`. */
const channelName = once(() => z.string().check(z.regex(/^[a-z0-9_]{1,40}$/)))

/** By which channel the order has to be paid; at least one of both. */
const expectedChannel = once(() =>
  z
    .strictObject({
      /** The `pg_provider` of the payment's record. */
      pg_provider: z.optional(channelName()),
      /** The `pay_method` of the payment's record, each that may be there. */
      pay_methods: z.optional(z.array(channelName()).check(z.minLength(1), z.maxLength(10))),
      /** Creates the order although the rules of the PG say that this channel cannot take it. */
      ignore_rules: z.optional(z.boolean()),
    })
    .check(
      z.refine(
        ({ pg_provider, pay_methods }) => pg_provider !== undefined || pay_methods !== undefined,
      ),
    ),
)

export const orderRequest = once(() =>
  z.strictObject({
    merchant_uid: merchantUid(),
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
    expected_channel: z.optional(expectedChannel()),
    /** The product lines that Naver Pay needs. */
    naverProducts: z.optional(naverProducts()),
    ...payeeRequest(),
    policy: policyRequest(),
  }),
)

const cancelReason = once(() => z.optional(z.string().check(z.minLength(1), z.maxLength(200))))

/** The account that a bank transfer is refunded to; only the buyer knows it. */
const refundAccount = once(() =>
  z.strictObject({
    holder: z.string().check(z.minLength(1), z.maxLength(100)),
    bank: z.string().check(z.minLength(1), z.maxLength(40)),
    account: z.string().check(z.minLength(1), z.maxLength(40)),
    tel: z.optional(z.string().check(z.minLength(1), z.maxLength(40))),
  }),
)

const taxPart = once(() => z.optional(z.number().check(z.nonnegative())))

export const refundRequest = once(() =>
  z.strictObject({
    reason: cancelReason(),
    refund: z.optional(refundAccount()),
    /** The tax-free part of what is refunded; some PGs require it, even if it is 0. */
    tax_free: taxPart(),
    /** The VAT part of what is refunded; required where the payment named its VAT. */
    vat_amount: taxPart(),
    /** Keeps a card promotion although what remains no longer qualifies. */
    retain_promotion: z.optional(z.boolean()),
    /** Requests a webhook for this cancel; by default the provider sends none. */
    enable_webhook: z.optional(z.boolean()),
    /** Naver Pay: who requested the cancel. */
    extra: z.optional(z.strictObject({ requester: z.enum(['customer', 'admin']) })),
  }),
)

export const cancelRequest = once(() =>
  z.extend(refundRequest(), {
    /** Left out: everything that remains. */
    amount: z.optional(z.number().check(z.positive())),
    /** What the caller expects to remain; makes a repeated partial cancel harmless. */
    checksum: z.optional(z.number().check(z.positive())),
  }),
)
