import type { links } from '@quayside/client'
import type { Allowance, Policy } from '@quayside/core'
import type { NaverProducts } from './naver-product.ts'

// What the merchant's server requests, once its shape was checked.

/** An order to create. */
export interface OrderRequest {
  readonly merchantUid: string
  readonly amount: number
  readonly currency: string
  readonly name?: string | undefined
  /** The tax-free part of the amount. */
  readonly tax_free?: number | undefined
  /** The VAT in what remains of the amount. */
  readonly vat_amount?: number | undefined
  readonly allowances?: readonly Allowance[] | undefined
  /** By which channel the order has to be paid. */
  readonly expected_channel?:
    | {
        readonly pg_provider?: string | undefined
        readonly pay_methods?: readonly string[] | undefined
        readonly ignore_rules?: boolean | undefined
      }
    | undefined
  /** The product lines, for Naver Pay. */
  readonly naverProducts?: NaverProducts | undefined
  /** The account of the settings that is paid, and the sub-merchant of it. */
  readonly account?: string | undefined
  readonly tier?: string | undefined
  readonly policy?: { readonly [Name in keyof Policy]?: Policy[Name] | undefined } | undefined
}

/** The recipient of a cash receipt (현금영수증). */
export interface CashReceiptRequest {
  /** A telephone, business, resident or cash receipt card number. */
  readonly identifier: string
  readonly identifier_type?: 'person' | 'business' | 'phone' | 'taxcard' | undefined
  readonly type?: 'person' | 'company' | undefined
  readonly buyer_name?: string | undefined
  readonly buyer_email?: string | undefined
  readonly buyer_tel?: string | undefined
  readonly tax_free?: number | undefined
  readonly vat_amount?: number | undefined
}

/** Why money is refunded, where to when it came by bank, and what the PG needs to know. Amounts in the currency's unit. */
export interface RefundRequest {
  readonly reason?: string | undefined
  /** The tax-free part of this cancel. */
  readonly tax_free?: number | undefined
  /** The VAT part of this cancel. */
  readonly vat_amount?: number | undefined
  /** Keeps a card promotion although what remains no longer qualifies. */
  readonly retain_promotion?: boolean | undefined
  /** Requests a webhook for this cancel. */
  readonly enable_webhook?: boolean | undefined
  /** Naver Pay: who requested the cancel. */
  readonly extra?: { readonly requester: 'customer' | 'admin' } | undefined
  readonly refund?:
    | {
        readonly holder: string
        readonly bank: string
        readonly account: string
        readonly tel?: string | undefined
      }
    | undefined
}

/** A payment link to create, in wire names: what the buyer sees goes to the provider as it is. */
export interface LinkRequest {
  readonly title?: string | undefined
  readonly buyer: {
    readonly tel: string
    readonly name?: string | undefined
    readonly email?: string | undefined
  }
  /** What the buyer can choose from. */
  readonly pay_methods: readonly (links.LinkMethod & { readonly label?: string | undefined })[]
  readonly language?: 'ko' | 'en' | undefined
  readonly expires_in_hours?: number | undefined
}

/** An order to cancel, all of it or a part. */
export interface CancelRequest extends RefundRequest {
  /** Left out: everything that remains. */
  readonly amount?: number | undefined
  /** What the caller expects to remain; makes a repeated partial cancel harmless. */
  readonly checksum?: number | undefined
}
