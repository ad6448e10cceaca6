/**
 * Kakao Pay (카카오페이): the orders of a day, from Kakao Pay.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'

/** One day of one Kakao Pay shop. */
export interface OrdersParams {
  /** `YYYYMMDD`. */
  readonly payment_request_date: string
  /** The id of the shop at Kakao Pay. */
  readonly cid?: string
  /** From 1. */
  readonly page?: number
}

/**
 * Reads the orders of a day from Kakao Pay. The provider forwards Kakao Pay's response and does not document
 * it; it removed the operation from its description in 2025.
 *
 * @returns Kakao Pay's response, unchecked; `refused` with Kakao Pay's message.
 * @see GET /kakao/payment/orders
 */
export const orders: Endpoint<OrdersParams, unknown> = {
  method: 'GET',
  path: '/kakao/payment/orders',
  retry: 'read',
  query: ['payment_request_date', 'cid', 'page'],
  required: ['payment_request_date'],
}
