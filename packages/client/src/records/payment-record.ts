import type { OpenEnum } from '../open-enum.ts'
import type { Page } from '../pages.ts'

/** The status of a payment on the wire: one of four documented values, or a later one. */
export type PaymentRecordStatus = OpenEnum<'ready' | 'paid' | 'cancelled' | 'failed'>

/** One cancel, full or partial (`PaymentCancelAnnotation`). */
export interface PaymentCancel {
  readonly pg_tid: string
  readonly amount: number
  /** UNIX seconds. */
  readonly cancelled_at: number
  readonly reason: string | null
  /** Absent in records from before 2024. */
  readonly cancellation_id?: string
  readonly receipt_url?: string | null
}

/** One deposit into an unlimited fixed account (`VbankDepositAnnotation`). */
export interface VbankDeposit {
  readonly pg_tid: string
  readonly amount: number
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
  readonly imp_uid: string
  readonly merchant_uid: string
  readonly status: PaymentRecordStatus
  readonly amount: number
  /** The sum of all cancels. */
  readonly cancel_amount: number
  readonly currency: string
  /** True for a test channel. Absent in records from before 2026; absent does not mean live. */
  readonly sandbox?: boolean
  readonly name: string | null
  /** May differ from the requested method. */
  readonly pay_method: string | null
  /** `api`: a charge without a payment window. */
  readonly channel: OpenEnum<'pc' | 'mobile' | 'api'> | null
  readonly pg_provider: string | null
  readonly emb_pg_provider: string | null
  readonly pg_tid: string | null
  readonly pg_id: string | null
  readonly escrow: boolean
  readonly started_at: number
  readonly paid_at: number
  readonly failed_at: number
  readonly cancelled_at: number
  readonly fail_reason: string | null
  readonly cancel_reason: string | null
  readonly receipt_url: string | null
  readonly cancel_history: readonly PaymentCancel[]
  /** @deprecated The provider recommends `cancel_history`. */
  readonly cancel_receipt_urls: readonly string[]
  readonly cash_receipt_issued: boolean

  readonly buyer_name: string | null
  readonly buyer_email: string | null
  readonly buyer_tel: string | null
  readonly buyer_addr: string | null
  readonly buyer_postcode: string | null
  readonly user_agent: string | null
  /** JSON text of the `custom_data` that the browser sent. */
  readonly custom_data: string | null

  readonly apply_num: string | null
  readonly card_code: string | null
  readonly card_name: string | null
  readonly card_issuer_code?: string | null
  readonly card_issuer_name?: string | null
  readonly card_publisher_code?: string | null
  readonly card_publisher_name?: string | null
  /** Months of instalments; 0 for a single payment. */
  readonly card_quota: number | null
  /** Masked, differently by each PG. */
  readonly card_number: string | null
  /** 0 credit, 1 debit. */
  readonly card_type: number | null
  readonly bank_code: string | null
  readonly bank_name: string | null

  readonly vbank_code: string | null
  readonly vbank_name: string | null
  readonly vbank_num: string | null
  readonly vbank_holder: string | null
  /** The deadline of the deposit, in UNIX seconds. */
  readonly vbank_date: number
  readonly vbank_issued_at: number
  readonly deposit_history?: readonly VbankDeposit[] | null

  readonly customer_uid: string | null
  readonly customer_uid_usage: OpenEnum<'issue' | 'payment' | 'payment.scheduled'> | null
  readonly promotion?: { readonly id: string; readonly discount: number } | null
  /** Only when requested. */
  readonly extension?: Readonly<Record<string, unknown>> | null
}

/** One page of payments (`PagedPaymentAnnotation`). */
export type PaymentPage = Page<PaymentRecord>

/** The share of one payment source, net of refunds (`PaymentBalanceAnnotation`). */
export interface BalanceShare {
  readonly tax_free: number
  readonly supply: number
  readonly vat: number
  readonly service: number
}

interface BalanceShares {
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
  readonly amount: number
  readonly histories?: readonly (BalanceShares & { readonly created?: number })[]
}
