import type { Endpoint } from '../operation/endpoint.ts'
import type { NaverCourier, NaverProductOrder } from '../records/naver-order-record.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { ProductOrdersParams } from './product-orders.ts'

/** Product orders for which the seller requests a return. */
export interface RequestReturnParams extends ProductOrdersParams {
  /** `INTENT_CHANGED` by default. */
  readonly reason?:
    | 'INTENT_CHANGED'
    | 'COLOR_AND_SIZE'
    | 'WRONG_ORDER'
    | 'PRODUCT_UNSATISFIED'
    | 'DELAYED_DELIVERY'
    | 'SOLD_OUT'
    | 'DROPPED_DELIVERY'
    | 'BROKEN'
    | 'INCORRECT_INFO'
    | 'WRONG_DELIVERY'
    | 'WRONG_OPTION'
  /** The delivery method. */
  readonly delivery_method: 'RETURN_DESIGNATED' | 'RETURN_DELIVERY' | 'RETURN_INDIVIDUAL'
  /** Required with `RETURN_DELIVERY`. */
  readonly delivery_company?: NaverCourier
  /** Required with `RETURN_DELIVERY`. */
  readonly tracking_number?: string
}

/** Returns to approve. */
export interface ApproveReturnParams extends ProductOrdersParams {
  /** The reason, as text. */
  readonly memo?: string
}

/** Returns to reject. */
export interface RejectReturnParams extends ProductOrdersParams {
  /** The reason, as text. */
  readonly memo: string
}

/** Returns to withhold. */
export interface WithholdReturnParams extends ProductOrdersParams {
  /** `ETC` by default. `EXTRAFEEE` is Naver's spelling. */
  readonly reason?:
    | 'RETURN_DELIVERYFEE'
    | 'EXTRAFEEE'
    | 'RETURN_DELIVERYFEE_AND_EXTRAFEEE'
    | 'RETURN_PRODUCT_NOT_DELIVERED'
    | 'ETC'
  /** The reason, as text. */
  readonly memo: string
  /** Won. */
  readonly extra_charge?: number
}

/**
 * Requests a return, as the seller. `partial` is true when only some could be.
 *
 * @returns The product orders to be returned; `not_found` for an unknown payment; `outcome_unknown`
 * with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/request-return
 */
export const requestReturn: Endpoint<RequestReturnParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/request-return',
  retry: 'never',
  body: ['product_order_id', 'reason', 'delivery_method', 'delivery_company', 'tracking_number'],
  required: ['delivery_method'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}

/**
 * Approves a return. When the buyer owes a fee, withhold it instead. `partial` is true when only some could be.
 *
 * @remarks Moves money: back to the buyer.
 * @returns The product orders whose return was approved; `not_found` for an unknown payment;
 * `outcome_unknown` with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/approve-return
 */
export const approveReturn: Endpoint<ApproveReturnParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/approve-return',
  retry: 'never',
  body: ['product_order_id', 'memo'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}

/**
 * Rejects a return. `partial` is true when only some could be.
 *
 * @returns The product orders whose return was rejected; `not_found` for an unknown payment;
 * `outcome_unknown` with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/reject-return
 */
export const rejectReturn: Endpoint<RejectReturnParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/reject-return',
  retry: 'never',
  body: ['product_order_id', 'memo'],
  required: ['memo'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}

/**
 * Withholds a return: the buyer owes a fee, or goods are missing. `partial` is true when only some could be.
 *
 * @returns The product orders whose return is withheld; `not_found` for an unknown payment;
 * `outcome_unknown` with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/withhold-return
 */
export const withholdReturn: Endpoint<WithholdReturnParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/withhold-return',
  retry: 'never',
  body: ['product_order_id', 'reason', 'memo', 'extra_charge'],
  required: ['memo'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}

/**
 * Resumes a withheld return. `partial` is true when only some could be.
 *
 * @returns The product orders whose return is resumed; `not_found` for an unknown payment;
 * `outcome_unknown` with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/resolve-return
 */
export const resolveReturn: Endpoint<ProductOrdersParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/resolve-return',
  retry: 'never',
  body: ['product_order_id'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}
