import type { Allowance, Policy } from '@quayside/core'

// What the merchant's server requests, once its shape was checked.

/** An order to create. */
export interface OrderRequest {
  readonly merchantUid: string
  readonly amount: number
  readonly currency: string
  readonly name?: string | undefined
  readonly allowances?: readonly Allowance[] | undefined
  readonly policy?: { readonly [Name in keyof Policy]?: Policy[Name] | undefined } | undefined
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

/** An order to cancel, all of it or a part. */
export interface CancelRequest extends RefundRequest {
  /** Left out: everything that remains. */
  readonly amount?: number | undefined
  /** What the caller expects to remain; makes a repeated partial cancel harmless. */
  readonly checksum?: number | undefined
}
