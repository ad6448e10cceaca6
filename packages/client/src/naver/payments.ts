import type { Endpoint } from '../operation/endpoint.ts'
import type { NaverCashAmount } from '../records/naver-order-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/**
 * Grants the buyer the points of a payment (결제형). The value is null.
 *
 * @remarks Moves money: points to the buyer.
 * @returns Null; `not_found` for an unknown payment; `outcome_unknown` with HTTP 500 and Naver's
 * message when it refuses.
 * @see POST /payments/{imp_uid}/naver/point
 */
export const point: Endpoint<{ readonly imp_uid: string }, null> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/point',
  retry: 'never',
  mayBeEmpty: true,
  lookup: { imp_uid: 'payments.get' },
  writeHandling,
}

/**
 * Confirms an order in escrow (결제형). The value is null.
 *
 * @returns Null; `not_found` for an unknown payment; `outcome_unknown` with HTTP 500 and Naver's
 * message when it refuses.
 * @see POST /payments/{imp_uid}/naver/confirm
 */
export const confirm: Endpoint<{ readonly imp_uid: string; readonly requester?: string }, null> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/confirm',
  retry: 'never',
  body: ['requester'],
  mayBeEmpty: true,
  lookup: { imp_uid: 'payments.get' },
  writeHandling,
}

/**
 * Reads the amounts of a payment for which a cash receipt can be issued (결제형).
 *
 * @returns The amounts; `refused` when the payment is not from Naver Pay.
 * @see GET /payments/{imp_uid}/naver/cash-amount
 */
export const cashAmount: Endpoint<{ readonly imp_uid: string }, NaverCashAmount> = {
  method: 'GET',
  path: '/payments/{imp_uid}/naver/cash-amount',
  retry: 'read',
}
