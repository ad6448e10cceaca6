import type { Endpoint } from '../operation/endpoint.ts'
import type { NaverProductOrder } from '../records/naver-order-record.ts'
import { writeHandling } from '../request/write-handling.ts'

/** Product orders of one payment: the given ones, or all of them without a list. */
export interface ProductOrdersParams {
  /** The provider's id of the payment. */
  readonly imp_uid: string
  /** Naver's ids of the product orders; all of the payment by default. */
  readonly product_order_id?: readonly string[]
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
