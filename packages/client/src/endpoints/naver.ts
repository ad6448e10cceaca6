/**
 * Naver Pay (네이버페이): product orders (주문형) and their claims, points and escrow (결제형).
 *
 * @packageDocumentation
 */

export * from '../naver/cancels.ts'
export * from '../naver/payments.ts'
export * from '../naver/product-orders.ts'
export * from '../naver/returns.ts'
export * from '../naver/reviews.ts'
export * from '../naver/shipping.ts'
