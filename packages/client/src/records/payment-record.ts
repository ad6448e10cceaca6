import type { OpenEnum } from '../values/open-enum.ts'
import type { Page } from './page.ts'

/** The status of a payment on the wire: one of four documented values, or a later one. */
export type PaymentRecordStatus = OpenEnum<'ready' | 'paid' | 'cancelled' | 'failed'>

/** One cancel, full or partial (`PaymentCancelAnnotation`). */
export interface PaymentCancel {
  /** The PG's id of the transaction. */
  readonly pg_tid: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** UNIX seconds. */
  readonly cancelled_at: number
  /** The reason, as text. */
  readonly reason: string | null
  /** Absent in records from before 2024. */
  readonly cancellation_id?: string
  /** The URL of the sales slip. */
  readonly receipt_url?: string | null
}

/** One deposit into an unlimited fixed account (`VbankDepositAnnotation`). */
export interface VbankDeposit {
  /** The PG's id of the transaction. */
  readonly pg_tid: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** The name of the depositor. */
  readonly depositor_name: string
  /** UNIX seconds. */
  readonly deposited_at: number
}

/**
 * One payment as the provider documents it (`PaymentAnnotation`), in its own names.
 *
 * Amounts are plain numbers in the currency's unit. Times are UNIX seconds, 0 for "not yet". Fields
 * that may be absent were added to the API later; null means "does not apply".
 */
export interface PaymentRecord {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** Your id of the order. */
  readonly merchant_uid: string
  /** `ready` may become `paid` or `failed`, `paid` may become `cancelled`. */
  readonly status: PaymentRecordStatus
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** The sum of all cancels. */
  readonly cancel_amount: number
  /** The currency, e.g. `KRW`. */
  readonly currency: string
  /** True for a test channel. Absent in records from before 2026; absent does not mean live. */
  readonly sandbox?: boolean
  /** The name of the order. */
  readonly name: string | null
  /** May differ from the requested method. */
  readonly pay_method: string | null
  /** `api`: a charge without a payment window. */
  readonly channel: OpenEnum<'pc' | 'mobile' | 'api'> | null
  /** The PG's code. */
  readonly pg_provider: string | null
  /** The easy-pay service (간편결제) used in the PG's window. */
  readonly emb_pg_provider: string | null
  /** The PG's id of the transaction. */
  readonly pg_tid: string | null
  /** Your merchant id at the PG (MID). */
  readonly pg_id: string | null
  /** Whether it is in escrow. */
  readonly escrow: boolean
  /** UNIX seconds: when the payment window opened or the charge began. */
  readonly started_at: number
  /** UNIX seconds; 0 when not paid. */
  readonly paid_at: number
  /** UNIX seconds; 0 when it did not fail. */
  readonly failed_at: number
  /** UNIX seconds of the last cancel; 0 without one. */
  readonly cancelled_at: number
  /** The PG's message of the failure. */
  readonly fail_reason: string | null
  /** The reason of the cancel. */
  readonly cancel_reason: string | null
  /** The URL of the sales slip. */
  readonly receipt_url: string | null
  /** Each cancel. */
  readonly cancel_history: readonly PaymentCancel[]
  /** @deprecated The provider recommends `cancel_history`. */
  readonly cancel_receipt_urls: readonly string[]
  /** Whether a cash receipt was issued. */
  readonly cash_receipt_issued: boolean

  /** The buyer's name. */
  readonly buyer_name: string | null
  /** The buyer's email address. */
  readonly buyer_email: string | null
  /** The buyer's telephone number. */
  readonly buyer_tel: string | null
  /** The buyer's postal address. */
  readonly buyer_addr: string | null
  /** The buyer's postal code. */
  readonly buyer_postcode: string | null
  /** The buyer's browser. */
  readonly user_agent: string | null
  /** JSON text of the `custom_data` that the browser sent. */
  readonly custom_data: string | null

  /** The approval number of the card company. */
  readonly apply_num: string | null
  /** The card company's code of the KFTC. */
  readonly card_code: string | null
  /** The card company's name, Korean. */
  readonly card_name: string | null
  /** The code of the company that issued the card. */
  readonly card_issuer_code?: string | null
  /** The company that issued the card. */
  readonly card_issuer_name?: string | null
  /** The code of the company that bills the card. */
  readonly card_publisher_code?: string | null
  /** The company that bills the card. */
  readonly card_publisher_name?: string | null
  /** Months of instalments; 0 for a single payment. */
  readonly card_quota: number | null
  /** Masked, differently by each PG. */
  readonly card_number: string | null
  /** 0 credit, 1 debit. */
  readonly card_type: number | null
  /** The bank's code of the KFTC. */
  readonly bank_code: string | null
  /** The bank of a transfer. */
  readonly bank_name: string | null

  /** The bank's code of the KFTC. */
  readonly vbank_code: string | null
  /** The bank of the account. */
  readonly vbank_name: string | null
  /** The number of the account for the deposit. */
  readonly vbank_num: string | null
  /** The name on the account. */
  readonly vbank_holder: string | null
  /** The deadline of the deposit, in UNIX seconds. */
  readonly vbank_date: number
  /** UNIX seconds; 0 without an account. */
  readonly vbank_issued_at: number
  /** Each deposit into an unlimited fixed account. */
  readonly deposit_history?: readonly VbankDeposit[] | null

  /** Your id of the billing key. */
  readonly customer_uid: string | null
  /** How the billing key was used: `issue`, `payment` or `payment.scheduled`. */
  readonly customer_uid_usage: OpenEnum<'issue' | 'payment' | 'payment.scheduled'> | null
  /** The applied promotion and its discount. */
  readonly promotion?: { readonly id: string; readonly discount: number } | null
  /** Only when requested. */
  readonly extension?: Readonly<Record<string, unknown>> | null
}

/** One page of payments (`PagedPaymentAnnotation`). */
export type PaymentPage = Page<PaymentRecord>

/** The share of one payment source, net of refunds (`PaymentBalanceAnnotation`). */
export interface BalanceShare {
  /** The tax-free part. */
  readonly tax_free: number
  /** The supply value within it (공급가액). */
  readonly supply: number
  /** The VAT within it. */
  readonly vat: number
  /** The service charge within it. */
  readonly service: number
}

/** The amount by source: each is 0 where nothing was paid with it. */
export interface BalanceShares {
  /** The part for which a cash receipt can be issued. */
  readonly cash_receipt: BalanceShare
  /** Card, bank transfer, virtual account, phone. */
  readonly primary: BalanceShare
  /** Points of the PG or the card. */
  readonly secondary: BalanceShare
  /** Discounts of the PG or the card. */
  readonly discount: BalanceShare
}

/** The amount of a payment by source (`PaymentBalanceResponseAnnotation`). */
export interface PaymentBalance extends BalanceShares {
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** The same after each change, with its time in UNIX seconds. */
  readonly histories?: readonly (BalanceShares & { readonly created?: number })[]
}
