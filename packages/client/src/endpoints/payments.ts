/**
 * Payments (결제): reading and cancelling them.
 *
 * @packageDocumentation
 */

import { type Endpoint, join } from '../operation/endpoint.ts'
import type { PaymentBalance, PaymentPage, PaymentRecord } from '../records/payment-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/** A status that the provider can filter by. */
export type StatusFilter = 'ready' | 'paid' | 'cancelled' | 'failed'

/** The order of a list; with a minus the newest is first. The default is `-started`. */
export type Sorting = '-started' | 'started' | '-paid' | 'paid' | '-updated' | 'updated'

/** One payment by its id. */
export interface GetParams {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** Without it a payment of a test channel is `not_found`. */
  readonly include_sandbox?: boolean
  /** Includes the additional fields of the PG; supported, but not in the API description. */
  readonly extension?: boolean
}

/** The newest payment of one order. */
export interface FindParams {
  /** Your id of the order. */
  readonly merchant_uid: string
  /** Only payments of this status. */
  readonly payment_status?: StatusFilter
  /** The order of the list; with a minus the newest is first. `-started` by default. */
  readonly sorting?: Sorting
}

/** All payments of one order, in pages. */
export interface FindAllParams extends FindParams {
  /** From 1. */
  readonly page?: number
  /** 1 to 1000; 20 by default. */
  readonly limit?: number
}

/** Up to 100 payments by either id, or by both. */
export type SeveralParams =
  | { readonly imp_uid: readonly string[]; readonly merchant_uid?: readonly string[] }
  | { readonly imp_uid?: never; readonly merchant_uid: readonly string[] }

/** All payments of one status within at most 90 days. */
export interface ByStatusParams {
  /** Only payments of this status. */
  readonly payment_status: 'all' | StatusFilter
  /** From 1. */
  readonly page?: number
  /** 1 to 1000; 20 by default. */
  readonly limit?: number
  /** UNIX seconds, inclusive; 90 days before `to` by default. */
  readonly from?: number
  /** UNIX seconds, inclusive; now by default. */
  readonly to?: number
  /** The order of the list; with a minus the newest is first. `-started` by default. */
  readonly sorting?: Sorting
}

/** The payment to cancel. With both ids, `imp_uid` is used. */
export type CancelTarget =
  | { readonly imp_uid: string; readonly merchant_uid?: string }
  | { readonly imp_uid?: never; readonly merchant_uid: string }

/** The parameters of every cancel. */
export interface CancelTerms {
  /**
   * The balance before this cancel, as you know it. The provider refuses the cancel when it differs, so a
   * cancel cannot be applied twice.
   */
  readonly checksum: number
  /** The reason, as text. */
  readonly reason?: string
  /** The tax-free part; some PGs require it, even if it is 0. */
  readonly tax_free?: number
  /** The VAT part; required where it was set in the payment. */
  readonly vat_amount?: number
  /** Paid virtual accounts: the holder of the account for the refund. */
  readonly refund_holder?: string
  /** Paid virtual accounts: the bank of the account for the refund, as the PG's own code. */
  readonly refund_bank?: string
  /** Paid virtual accounts: the number of the account for the refund. */
  readonly refund_account?: string
  /** Paid virtual accounts: the buyer's telephone number; required by some PGs. */
  readonly refund_tel?: string
  /** Keeps a promotion although the remaining amount no longer qualifies. */
  readonly retain_promotion?: boolean
  /** Requests a webhook for this cancel; by default the provider sends none. */
  readonly enable_webhook?: boolean
  /** Naver Pay: who requested the cancel. */
  readonly extra?: { readonly requester: 'customer' | 'admin' }
}

/** A cancel of the whole remaining amount. */
export type CancelAllParams = CancelTarget & CancelTerms

/** A cancel of a part of it. */
export type CancelPartParams = CancelTarget &
  CancelTerms & {
    /** Above 0, at most `checksum`. */
    readonly amount: number
  }

/**
 * Reads one payment: the only trustworthy source of its status.
 *
 * @returns The payment; `not_found` for an id of another account, or of a test channel without
 * `include_sandbox`.
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
 * It includes payments of test channels: check `sandbox`.
 *
 * @returns The payment; `not_found` when the order has no payment, or none of this status.
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
 * Reads all payments of an order, of any status or of one, one page at a time.
 *
 * @returns A page; `not_found` when the order has no payment, `refused` after the last page.
 * @see GET /payments/findAll/{merchant_uid}/{payment_status}
 */
export const findAll: Endpoint<FindAllParams, PaymentPage> = {
  method: 'GET',
  path: '/payments/findAll/{merchant_uid}/{payment_status?}',
  retry: 'read',
  query: ['page', 'limit', 'sorting'],
}

/**
 * Reads up to 100 payments at once. `partial` is true when some were not found.
 *
 * @returns The payments that were found; `not_found` when none was.
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
 * Reads the payments of one status, one page at a time.
 *
 * @returns A page; `refused` after the last page or for more than 90 days.
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
 * Cancels the whole remaining amount of a payment. It has no `amount`.
 *
 * @remarks Moves money: back to the buyer.
 * @returns The payment after the cancel; `refused` when the checksum differs, nothing remains, or
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
 * Cancels a part of a payment. An amount that is missing, 0 or not a number is an `invalid_argument`, because
 * the provider would cancel everything.
 *
 * @remarks Moves money: back to the buyer.
 * @returns The payment after the cancel; `refused` when the checksum differs, less remains, or
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
 * Reads the amount of a payment by source: card, points, discount, cash receipt. PAYCO only.
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
