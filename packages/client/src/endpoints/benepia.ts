import { type Buyer, buyerFields } from '../buyer.ts'
import type { Endpoint } from '../endpoint.ts'
import type { PaymentRecord } from '../payment-record.ts'

/** A member of Benepia, a welfare mall. None of it appears in a failure. */
export interface BenepiaLogin {
  readonly benepia_user: string
  readonly benepia_password: string
  readonly channel_key: string
}

/** An order to pay with points. */
export interface PaymentParams extends BenepiaLogin, Buyer {
  /** Left out: a test payment. */
  readonly benepia_member_code?: string
  /** Up to 40 characters. */
  readonly merchant_uid: string
  readonly amount: number
  /** Up to 40 characters. */
  readonly name: string
  readonly notice_url?: readonly string[]
  readonly custom_data?: string
}

/** A member's points (`BenepiaPointAnnotation`). */
export interface BenepiaPoint {
  readonly point: number
}

/**
 * Reads how many points a member has (KCP).
 *
 * @see POST /benepia/point
 */
export const point: Endpoint<BenepiaLogin, BenepiaPoint> = {
  method: 'POST',
  path: '/benepia/point',
  retry: 'read',
  body: ['benepia_user', 'benepia_password', 'channel_key'],
  required: ['benepia_user', 'benepia_password', 'channel_key'],
  secret: ['benepia_user', 'benepia_password'],
}

/**
 * Pays with a member's points, without a window (KCP).
 *
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
}
