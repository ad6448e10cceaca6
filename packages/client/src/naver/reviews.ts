import type { Endpoint } from '../operation/endpoint.ts'
import type { NaverReview } from '../records/naver-order-record.ts'

/** Reviews within a period. */
export interface ReviewsParams {
  /** The channel, by its key in the console. */
  readonly channel_key: string
  /** UNIX seconds. */
  readonly from: number
  /** UNIX seconds. */
  readonly to: number
  /** `general` reviews have one line, `premium` reviews a text. */
  readonly review_type: 'general' | 'premium'
}

/**
 * Reads buyers' reviews (주문형).
 *
 * @returns The reviews; `refused` for an invalid period.
 * @see GET /naver/reviews
 */
export const reviews: Endpoint<ReviewsParams, readonly NaverReview[]> = {
  method: 'GET',
  path: '/naver/reviews',
  retry: 'read',
  query: ['from', 'to', 'review_type', 'channel_key'],
  required: ['from', 'to', 'review_type', 'channel_key'],
}
