/**
 * KCP QuickPay (KCP 퀵페이): prepaid money, auto-pay keys and members.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/** A member of KCP QuickPay to delete. */
export interface MemberParams {
  /** Your id of the member. */
  readonly member_id: string
  /** Your id at KCP. */
  readonly site_code: string
  /** As assigned by KCP. */
  readonly partner_type: string
  /** As assigned by KCP. */
  readonly partner_subtype: string
}

/** An order to pay with prepaid money. */
export interface MoneyParams {
  /** Your id of the member, up to 16 characters. */
  readonly member_id: string
  /** The channel, by its key in the console. */
  readonly channel_key: string
  /** Your id of the order, up to 40 characters. */
  readonly merchant_uid: string
  /** The name of the order, up to 40 characters. */
  readonly name: string
  /** The amount, in won. */
  readonly amount: number
  /** The id of the PIN check (`PinCheck`) that permits the payment, not of the payment. */
  readonly imp_uid: string
  /** The webhook URL of this payment, instead of the console's. */
  readonly notice_url?: string
}

/** An order to pay with an auto-pay key. */
export interface AutopayParams {
  /** Your id of the billing key. */
  readonly customer_uid: string
  /** Your id of the order, up to 40 characters. */
  readonly merchant_uid: string
  /** The name of the order, up to 40 characters. */
  readonly name: string
  /** The buyer's name, up to 20 characters. */
  readonly buyer_name: string
  /** The amount, in won. */
  readonly amount: number
  /** The webhook URL of this payment, instead of the console's. */
  readonly notice_url?: string
}

/** A use of prepaid money to register before the payment. */
export interface PrepareParams {
  /** Your id of the order. */
  readonly merchant_uid: string
  /** Up to 20 characters. */
  readonly btid: string
  /** The buyer's IPv4 address. */
  readonly cust_ip: string
  /** Up to 200 characters; it never appears in a failure. */
  readonly code_verifier: string
  /** Whether prepaid money is used. */
  readonly prepaid_auth_yn?: 'Y' | 'N'
  /** Won, up to nine digits; required with `prepaid_auth_yn: 'Y'`. */
  readonly prepaid_amount?: number
  /** As assigned by KCP. */
  readonly vender_type?: string
  /** As assigned by KCP. */
  readonly reward_id?: string
}

/** A member of KCP QuickPay (`KcpQuickMemberAnnotation`). Times are UNIX seconds. */
export interface QuickMember {
  /** Your id of the member. */
  readonly member_id: string
  /** The PG's code. */
  readonly pg_provider: string
  /** Your merchant id at the PG (MID). */
  readonly pg_id?: string | null
  /** When it was created, in UNIX seconds. */
  readonly inserted: number
  /** When it was last changed, in UNIX seconds. */
  readonly updated: number
}

/**
 * Deletes a member permanently.
 *
 * @returns The member that was deleted; `not_found` when there is none.
 * @see DELETE /kcpquick/members/{member_id}
 */
export const removeMember: Endpoint<MemberParams, QuickMember> = {
  method: 'DELETE',
  path: '/kcpquick/members/{member_id}',
  retry: 'never',
  query: ['site_code', 'partner_type', 'partner_subtype'],
  required: ['site_code', 'partner_type', 'partner_subtype'],
  echoes: ['member_id'],
  writeHandling,
}

/**
 * Pays with prepaid money after a PIN check.
 *
 * @remarks Moves money: prepaid money of the buyer to you.
 * @returns The payment, whose `status` may be `failed`; `refused` with KCP's message.
 * @see POST /kcpquick/payment/money
 */
export const money: Endpoint<MoneyParams, PaymentRecord> = {
  method: 'POST',
  path: '/kcpquick/payment/money',
  retry: 'never',
  body: ['member_id', 'channel_key', 'merchant_uid', 'name', 'amount', 'imp_uid', 'notice_url'],
  required: ['member_id', 'channel_key', 'merchant_uid', 'name', 'amount', 'imp_uid'],
  positive: ['amount'],
  lookup: { merchant_uid: 'payments.find' },
  writeHandling,
}

/**
 * Pays with an auto-pay key.
 *
 * @remarks Moves money: from the buyer to you.
 * @returns The payment, whose `status` may be `failed`; `refused` with KCP's message.
 * @see POST /kcpquick/payment/autopay
 */
export const autopay: Endpoint<AutopayParams, PaymentRecord> = {
  method: 'POST',
  path: '/kcpquick/payment/autopay',
  retry: 'never',
  body: ['customer_uid', 'merchant_uid', 'name', 'buyer_name', 'amount', 'notice_url'],
  required: ['customer_uid', 'merchant_uid', 'name', 'buyer_name', 'amount'],
  positive: ['amount'],
  lookup: { merchant_uid: 'payments.find' },
  writeHandling,
}

/**
 * Deletes an auto-pay key.
 *
 * @returns The key that was deleted; `not_found` when there is none.
 * @see DELETE /kcpquick/autopay/{customer_uid}
 */
export const removeAutopay: Endpoint<
  { readonly customer_uid: string },
  { readonly customer_uid: string }
> = {
  method: 'DELETE',
  path: '/kcpquick/autopay/{customer_uid}',
  retry: 'never',
  echoes: ['customer_uid'],
  writeHandling,
}

/**
 * Registers a use of prepaid money. The provider documents no response.
 *
 * @returns The response of KCP, unchecked; `refused` with HTTP 409 when the order has a registered use.
 * @see POST /kcpquick/prepare/{merchant_uid}
 */
export const postPrepare: Endpoint<PrepareParams, unknown> = {
  method: 'POST',
  path: '/kcpquick/prepare/{merchant_uid}',
  retry: 'never',
  body: [
    'btid',
    'cust_ip',
    'code_verifier',
    'prepaid_auth_yn',
    'prepaid_amount',
    'vender_type',
    'reward_id',
  ],
  required: ['btid', 'cust_ip', 'code_verifier'],
  secret: ['code_verifier'],
  mayBeEmpty: true,
  writeHandling,
}

/**
 * Changes a registered use of prepaid money. The provider documents no response.
 *
 * @returns The response of KCP, unchecked; `not_found` when the order has no registered use.
 * @see PUT /kcpquick/prepare/{merchant_uid}
 */
export const putPrepare: Endpoint<PrepareParams, unknown> = {
  method: 'PUT',
  path: '/kcpquick/prepare/{merchant_uid}',
  retry: 'never',
  body: [
    'btid',
    'cust_ip',
    'code_verifier',
    'prepaid_auth_yn',
    'prepaid_amount',
    'vender_type',
    'reward_id',
  ],
  required: ['btid', 'cust_ip', 'code_verifier'],
  secret: ['code_verifier'],
  mayBeEmpty: true,
  writeHandling,
}

/**
 * Turns off a member's biometric login.
 *
 * @returns The member; `refused` with KCP's own code and message in `pgError`.
 * @see POST /kcpquick/members/{member_id}/fido/release
 */
export const releaseFido: Endpoint<
  { readonly member_id: string; readonly channel_key: string },
  { readonly member_id: string }
> = {
  method: 'POST',
  path: '/kcpquick/members/{member_id}/fido/release',
  retry: 'never',
  body: ['channel_key'],
  required: ['channel_key'],
  echoes: ['member_id'],
  writeHandling,
}
