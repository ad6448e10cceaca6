import type { Endpoint } from '../operation/endpoint.ts'
import type { NaverProductOrder } from '../records/naver-order-record.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { ProductOrdersParams } from './product-orders.ts'

/** Product orders to refund. */
export interface CancelParams extends ProductOrdersParams {
  /** `PRODUCT_UNSATISFIED` by default. */
  readonly reason?:
    | 'SOLD_OUT'
    | 'DELAYED_DELIVERY'
    | 'PRODUCT_UNSATISFIED'
    | 'INTENT_CHANGED'
    | 'COLOR_AND_SIZE'
    | 'WRONG_ORDER'
    | 'INCORRECT_INFO'
}

/**
 * Refunds product orders. `partial` is true when only some could be.
 *
 * @remarks Moves money: back to the buyer.
 * @returns The product orders that were refunded; `not_found` for an unknown payment;
 * `outcome_unknown` with HTTP 500 when none could be refunded.
 * @see POST /payments/{imp_uid}/naver/cancel
 */
export const cancel: Endpoint<CancelParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/cancel',
  retry: 'never',
  body: ['product_order_id', 'reason'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}

/**
 * Approves a cancel that the buyer requested. `partial` is true when only some could be.
 *
 * @remarks Moves money: back to the buyer.
 * @returns The product orders that were cancelled; `not_found` for an unknown payment;
 * `outcome_unknown` with HTTP 500 when none could be cancelled.
 * @see POST /payments/{imp_uid}/naver/approve-cancel
 */
export const approveCancel: Endpoint<ProductOrdersParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/approve-cancel',
  retry: 'never',
  body: ['product_order_id'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}
