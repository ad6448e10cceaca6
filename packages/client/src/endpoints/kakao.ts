/**
 * Kakao Pay (카카오페이): its own list of a day.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'

/** One day of one Kakao Pay shop. */
export interface OrdersParams {
  /** `YYYYMMDD`. */
  readonly payment_request_date: string
  /** The shop's Kakao Pay id. */
  readonly cid?: string
  /** From 1. */
  readonly page?: number
}

/**
 * Reads a day's orders from Kakao Pay itself. The provider passes Kakao's own answer on and documents
 * none of it; it took the call out of its description in 2025.
 *
 * @returns Kakao's own answer, unread; `refused` in its words.
 * @see GET /kakao/payment/orders
 */
export const orders: Endpoint<OrdersParams, unknown> = {
  method: 'GET',
  path: '/kakao/payment/orders',
  retry: 'read',
  query: ['payment_request_date', 'cid', 'page'],
  required: ['payment_request_date'],
}
