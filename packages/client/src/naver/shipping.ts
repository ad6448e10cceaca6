import type { Endpoint } from '../operation/endpoint.ts'
import type { NaverCourier, NaverProductOrder } from '../records/naver-order-record.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { ProductOrdersParams } from './product-orders.ts'

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
