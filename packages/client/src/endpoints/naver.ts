/**
 * Naver Pay (네이버페이): product orders (주문형) and their claims, points and escrow (결제형).
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../endpoint.ts'
import type {
  NaverCashAmount,
  NaverCourier,
  NaverProductOrder,
  NaverReview,
} from '../records/naver-order-record.ts'
import { writeHandling } from '../write-handling.ts'

/** Product orders of one payment: the given ones, or all of them without a list. */
export interface ProductOrdersParams {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** Naver's ids of the product orders; all of the payment by default. */
  readonly product_order_id?: readonly string[]
}

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

/** Exchanged product orders to ship again. */
export interface ShipExchangedParams extends ProductOrdersParams {
  /** The delivery method. */
  readonly delivery_method:
    | 'DELIVERY'
    | 'GDFW_ISSUE_SVC'
    | 'VISIT_RECEIPT'
    | 'DIRECT_DELIVERY'
    | 'QUICK_SVC'
    | 'NOTHING'
  /** Required with `DELIVERY`. */
  readonly delivery_company?: NaverCourier
  /** Required with `DELIVERY`. */
  readonly tracking_number?: string
}

/** Product orders to ship. */
export interface ShipParams extends ShipExchangedParams {
  /** UNIX seconds. */
  readonly dispatched_at: number
}

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

/**
 * Reports the shipment of product orders. `partial` is true when only some could be.
 *
 * @returns The product orders that were shipped; `not_found` for an unknown payment; `outcome_unknown`
 * with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/ship
 */
export const ship: Endpoint<ShipParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/ship',
  retry: 'never',
  body: [
    'product_order_id',
    'delivery_method',
    'dispatched_at',
    'delivery_company',
    'tracking_number',
  ],
  required: ['delivery_method', 'dispatched_at'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}

/**
 * Reports the shipment of exchanged product orders. `partial` is true when only some could be.
 *
 * @returns The product orders that were shipped; `not_found` for an unknown payment; `outcome_unknown`
 * with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/ship-exchanged
 */
export const shipExchanged: Endpoint<ShipExchangedParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/ship-exchanged',
  retry: 'never',
  body: ['product_order_id', 'delivery_method', 'delivery_company', 'tracking_number'],
  required: ['delivery_method'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}

/**
 * Reports that goods to be exchanged were returned. `partial` is true when only some could be.
 *
 * @returns The product orders that were returned; `not_found` for an unknown payment;
 * `outcome_unknown` with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/collect-exchanged
 */
export const collectExchanged: Endpoint<ProductOrdersParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/collect-exchanged',
  retry: 'never',
  body: ['product_order_id'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
}

/**
 * Confirms the receipt of product orders (발주 확인). `partial` is true when only some could be.
 *
 * @returns The product orders that were confirmed; `not_found` for an unknown payment;
 * `outcome_unknown` with HTTP 500 when none could be changed.
 * @see POST /payments/{imp_uid}/naver/place
 */
export const place: Endpoint<ProductOrdersParams, readonly NaverProductOrder[]> = {
  method: 'POST',
  path: '/payments/{imp_uid}/naver/place',
  retry: 'never',
  body: ['product_order_id'],
  lookup: { imp_uid: 'naver.productOrders' },
  writeHandling,
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
 * Reads the product orders of a payment (주문형).
 *
 * @returns The product orders; `not_found` for an unknown payment.
 * @see GET /payments/{imp_uid}/naver/product-orders
 */
export const productOrders: Endpoint<{ readonly imp_uid: string }, readonly NaverProductOrder[]> = {
  method: 'GET',
  path: '/payments/{imp_uid}/naver/product-orders',
  retry: 'read',
}

/**
 * Reads one product order (주문형).
 *
 * @returns The product order; `not_found` when there is none.
 * @see GET /naver/product-orders/{product_order_id}
 */
export const productOrder: Endpoint<{ readonly product_order_id: string }, NaverProductOrder> = {
  method: 'GET',
  path: '/naver/product-orders/{product_order_id}',
  retry: 'read',
  echoes: ['product_order_id'],
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
