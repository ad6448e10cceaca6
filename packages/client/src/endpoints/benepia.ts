/**
 * Benepia (베네피아): points of a welfare mall, paid through KCP.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { type Buyer, buyerFields } from '../records/buyer-fields.ts'
import type { PaymentRecord } from '../records/payment-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/** A member of Benepia, a welfare mall. None of it appears in a failure. */
export interface BenepiaLogin {
  /** The member's id at Benepia. */
  readonly benepia_user: string
  /** The member's password at Benepia. */
  readonly benepia_password: string
  /** The channel, by its key in the console. */
  readonly channel_key: string
}

/** An order to pay with points. */
export interface PaymentParams extends BenepiaLogin, Buyer {
  /** Without it the payment is a test payment. */
  readonly benepia_member_code?: string
  /** Your id of the order, up to 40 characters. */
  readonly merchant_uid: string
  /** The amount, in the currency's unit. */
  readonly amount: number
  /** The name of the order, up to 40 characters. */
  readonly name: string
  /** The webhook URL of this payment, instead of the console's. */
  readonly notice_url?: readonly string[]
  /** Your own text, stored with the payment. */
  readonly custom_data?: string
}

/** A member's points (`BenepiaPointAnnotation`). */
export interface BenepiaPoint {
  /** The remaining points. */
  readonly point: number
}

/**
 * Reads the points of a member (KCP).
 *
 * @returns The points; `server_error` when KCP cannot read them.
 * @see POST /benepia/point
 */
export const point: Endpoint<BenepiaLogin, BenepiaPoint> = {
  method: 'POST',
  path: '/benepia/point',
  retry: 'read',
  body: ['benepia_user', 'benepia_password', 'channel_key'],
  required: ['benepia_user', 'benepia_password', 'channel_key'],
  secret: ['benepia_user', 'benepia_password'],
  writeHandling,
}

/**
 * Pays with a member's points, without a payment window (KCP).
 *
 * @remarks Moves money: a member's points.
 * @returns The payment, whose `status` may be `failed`; `outcome_unknown` when KCP returned HTTP
 * 500, which may also be a refusal.
 * @see POST /benepia/payment
 */
export const payment: Endpoint<PaymentParams, PaymentRecord> = {
  method: 'POST',
  path: '/benepia/payment',
  retry: 'never',
  body: [
    'benepia_user',
    'benepia_password',
    'benepia_member_code',
    'channel_key',
    'merchant_uid',
    'amount',
    'name',
    ...buyerFields,
    'notice_url',
    'custom_data',
  ],
  required: ['benepia_user', 'benepia_password', 'channel_key', 'merchant_uid', 'amount', 'name'],
  positive: ['amount'],
  secret: ['benepia_user', 'benepia_password'],
  lookup: { merchant_uid: 'payments.find' },
  writeHandling,
}
