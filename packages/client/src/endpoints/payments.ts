/**
 * Payments (결제): reading and cancelling them.
 *
 * @packageDocumentation
 */

import { type Endpoint, join } from '../endpoint.ts'
import type { PaymentBalance, PaymentPage, PaymentRecord } from '../records/payment-record.ts'
import { writeHandling } from '../write-handling.ts'

/** A status the provider can look for. */
export type StatusFilter = 'ready' | 'paid' | 'cancelled' | 'failed'

/** The order of a list; a minus is newest first. The provider's default is `-started`. */
export type Sorting = '-started' | 'started' | '-paid' | 'paid' | '-updated' | 'updated'

/** One payment by its own id. */
export interface GetParams {
  readonly imp_uid: string
  /** Without it a payment of a test channel is `not_found`. */
  readonly include_sandbox?: boolean
  /** Asks for the PG's extras; the provider supports it without declaring it. */
  readonly extension?: boolean
}

/** The newest payment of one order. */
export interface FindParams {
  readonly merchant_uid: string
  readonly payment_status?: StatusFilter
  readonly sorting?: Sorting
}

/** All payments of one order, in pages. */
export interface FindAllParams extends FindParams {
  /** From 1. */
  readonly page?: number
  /** 1 to 1000; 20 when left out. */
  readonly limit?: number
}

/** Up to 100 payments by either id, or by both. */
export type SeveralParams =
  | { readonly imp_uid: readonly string[]; readonly merchant_uid?: readonly string[] }
  | { readonly imp_uid?: never; readonly merchant_uid: readonly string[] }

/** All payments of one status within at most 90 days. */
export interface ByStatusParams {
  readonly payment_status: 'all' | StatusFilter
  /** From 1. */
  readonly page?: number
  /** 1 to 1000; 20 when left out. */
  readonly limit?: number
  /** UNIX seconds, included; 90 days before `to` when left out. */
  readonly from?: number
  /** UNIX seconds, included; now when left out. */
  readonly to?: number
  readonly sorting?: Sorting
}

/** Which payment to cancel. The provider reads `imp_uid` first. */
export type CancelTarget =
  | { readonly imp_uid: string; readonly merchant_uid?: string }
  | { readonly imp_uid?: never; readonly merchant_uid: string }

/** What every cancel may say. */
export interface CancelTerms {
  /**
   * The balance you believe is left before this cancel. The provider refuses the cancel when it
   * differs, so a cancel that was applied cannot be applied again.
   */
  readonly checksum: number
  readonly reason?: string
  /** The tax-free part; some PGs demand it, 0 too. */
  readonly tax_free?: number
  /** The VAT part; needed where it was set at payment. */
  readonly vat_amount?: number
  /** Paid virtual accounts: whose account gets the money back. */
  readonly refund_holder?: string
  /** Paid virtual accounts: the PG's own bank code. */
  readonly refund_bank?: string
  /** Paid virtual accounts: the number of the account that gets the money back. */
  readonly refund_account?: string
  readonly refund_tel?: string
  /** Keeps a promotion although the rest no longer earns it. */
  readonly retain_promotion?: boolean
  /** Asks for a webhook about this cancel; the provider sends none by default. */
  readonly enable_webhook?: boolean
  /** Naver Pay: who asked for the cancel. */
  readonly extra?: { readonly requester: 'customer' | 'admin' }
}

/** A cancel of everything that is left. */
export type CancelAllParams = CancelTarget & CancelTerms

/** A cancel of part. */
export type CancelPartParams = CancelTarget &
  CancelTerms & {
    /** Above 0, at most `checksum`. */
    readonly amount: number
  }

/**
 * Reads one payment: the only trustworthy word on what happened to it.
 *
 * @returns The payment; `not_found` for an id that is not of this account, or is of a test
 * channel and `include_sandbox` was left out.
 * @see GET /payments/{imp_uid}
 */
export const get: Endpoint<GetParams, PaymentRecord> = {
  method: 'GET',
  path: '/payments/{imp_uid}',
  retry: 'read',
  query: ['include_sandbox', 'extension'],
  echoes: ['imp_uid'],
}

/**
 * Reads the newest payment of an order, of any status or of one.
 *
 * The provider cannot hide test channels here: look at `sandbox`.
 *
 * @returns The payment; `not_found` when nobody has tried to pay the order, or none in this
 * status.
 * @see GET /payments/find/{merchant_uid}/{payment_status}
 */
export const find: Endpoint<FindParams, PaymentRecord> = {
  method: 'GET',
  path: '/payments/find/{merchant_uid}/{payment_status?}',
  retry: 'read',
  query: ['sorting'],
  echoes: ['merchant_uid'],
}

/**
 * Reads all payments of an order, of any status or of one, a page at a time.
 *
 * @returns A page; `not_found` when nobody has tried to pay the order, `refused` past the last
 * page.
 * @see GET /payments/findAll/{merchant_uid}/{payment_status}
 */
export const findAll: Endpoint<FindAllParams, PaymentPage> = {
  method: 'GET',
  path: '/payments/findAll/{merchant_uid}/{payment_status?}',
  retry: 'read',
  query: ['page', 'limit', 'sorting'],
}

/**
 * Reads up to 100 payments at once. `partial` tells that some were not found.
 *
 * @returns Those that were found; `not_found` when none was.
 * @see GET /payments
 */
export const several: Endpoint<SeveralParams, readonly PaymentRecord[]> = {
  method: 'GET',
  path: '/payments',
  retry: 'read',
  query: ['imp_uid', 'merchant_uid'],
  oneOf: ['imp_uid', 'merchant_uid'],
  maxListed: 100,
  writeHandling,
}

/**
 * Reads the payments of one status, a page at a time.
 *
 * @returns A page; `refused` past the last page or for more than 90 days.
 * @see GET /payments/status/{payment_status}
 */
export const byStatus: Endpoint<ByStatusParams, PaymentPage> = {
  method: 'GET',
  path: '/payments/status/{payment_status}',
  retry: 'read',
  query: ['page', 'limit', 'from', 'to', 'sorting'],
}

const cancelTerms = [
  'imp_uid',
  'merchant_uid',
  'checksum',
  'reason',
  'tax_free',
  'vat_amount',
  'refund_holder',
  'refund_bank',
  'refund_account',
  'refund_tel',
  'retain_promotion',
  'enable_webhook',
  'extra',
] as const

/**
 * Cancels everything that is left of a payment. It takes no `amount`.
 *
 * @remarks Moves money: back to the buyer.
 * @returns The payment after the cancel; `refused` when the checksum differs, nothing is left, or
 * the PG declines.
 * @see POST /payments/cancel
 */
export const cancelAll: Endpoint<CancelAllParams, PaymentRecord> = {
  method: 'POST',
  path: '/payments/cancel',
  retry: 'cancel_with_checksum',
  body: cancelTerms,
  required: ['checksum'],
  positive: ['checksum'],
  oneOf: ['imp_uid', 'merchant_uid'],
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'payments.get', merchant_uid: 'payments.find' },
  writeHandling,
}

/**
 * Cancels part of a payment. An amount that is missing, 0 or not a number is refused here, because
 * the provider would cancel everything.
 *
 * @remarks Moves money: back to the buyer.
 * @returns The payment after the cancel; `refused` when the checksum differs, less is left, or
 * the PG declines.
 * @see POST /payments/cancel
 */
export const cancelPart: Endpoint<CancelPartParams, PaymentRecord> = {
  method: 'POST',
  path: '/payments/cancel',
  retry: 'cancel_with_checksum',
  body: /* @__PURE__ */ join(cancelTerms, ['amount']),
  required: ['checksum', 'amount'],
  positive: ['checksum', 'amount'],
  oneOf: ['imp_uid', 'merchant_uid'],
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'payments.get', merchant_uid: 'payments.find' },
  writeHandling,
}

/**
 * Reads a payment's amount by source: card, points, discount, cash receipt. PAYCO only.
 *
 * @returns The amounts; `not_found` for an unknown payment, `refused` (HTTP 405) where the PG is
 * not PAYCO.
 * @see GET /payments/{imp_uid}/balance
 */
export const balance: Endpoint<{ readonly imp_uid: string }, PaymentBalance> = {
  method: 'GET',
  path: '/payments/{imp_uid}/balance',
  retry: 'read',
}
