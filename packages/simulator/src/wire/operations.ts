import { shopEvents } from '../domain/naver/naver-order.ts'

/** One REST operation: `path` counts it in the request log and names it in a fault rule. */
interface Operation {
  readonly method: string
  readonly path: string
  readonly matches: RegExp
}

const tail = '(?:/.*)?'

const operations: readonly Operation[] = [
  operation('POST', '/users/getToken', '/users/getToken'),
  operation('GET', '/payments/prepare/{merchant_uid}', '/payments/prepare/.+'),
  operation('POST', '/payments/prepare', '/payments/prepare'),
  operation('PUT', '/payments/prepare', '/payments/prepare'),
  operation('POST', '/payments/cancel', '/payments/cancel'),
  operation('GET', '/payments/find/{merchant_uid}', `/payments/find${tail}`),
  operation('GET', '/payments/findAll/{merchant_uid}', `/payments/findAll${tail}`),
  operation('GET', '/payments/status/{payment_status}', `/payments/status${tail}`),
  operation('GET', '/payments/{imp_uid}/balance', '/payments/[^/]+/balance'),
  operation('GET', '/payments/{imp_uid}', '/payments/[^/]+'),
  operation('GET', '/payments', '/payments'),
  operation('GET', '/vbanks/holder', '/vbanks/holder'),
  operation(
    'GET',
    '/payments/{imp_uid}/naver/product-orders',
    '/payments/[^/]+/naver/product-orders',
  ),
  operation('GET', '/payments/{imp_uid}/naver/cash-amount', '/payments/[^/]+/naver/cash-amount'),
  operation('GET', '/naver/product-orders/{product_order_id}', '/naver/product-orders/[^/]+'),
  operation('GET', '/naver/reviews', '/naver/reviews'),
  ...[...shopEvents, 'point', 'confirm'].map((event) =>
    operation('POST', `/payments/{imp_uid}/naver/${event}`, `/payments/[^/]+/naver/${event}`),
  ),
  operation('GET', '/users/pg', '/users/pg'),
  operation('GET', '/certifications/{imp_uid}', '/certifications/[^/]+'),
  operation('DELETE', '/certifications/{imp_uid}', '/certifications/[^/]+'),
  operation('POST', '/certifications/otp/request', '/certifications/otp/request'),
  operation('POST', '/certifications/otp/confirm/{imp_uid}', '/certifications/otp/confirm/[^/]+'),
  operation('GET', '/receipts/external/{merchant_uid}', '/receipts/external/.+'),
  operation('POST', '/receipts/external/{merchant_uid}', '/receipts/external/.+'),
  operation('DELETE', '/receipts/external/{merchant_uid}', '/receipts/external/.+'),
  operation('GET', '/receipts/{imp_uid}', '/receipts/[^/]+'),
  operation('POST', '/receipts/{imp_uid}', '/receipts/[^/]+'),
  operation('DELETE', '/receipts/{imp_uid}', '/receipts/[^/]+'),
  operation('GET', '/escrows/logis/{imp_uid}', '/escrows/logis/[^/]+'),
  operation('POST', '/escrows/logis/{imp_uid}', '/escrows/logis/[^/]+'),
  operation('PUT', '/escrows/logis/{imp_uid}', '/escrows/logis/[^/]+'),
  operation('POST', '/partners/receipts/{imp_uid}', '/partners/receipts/[^/]+'),
  operation('POST', '/paymentwall/delivery', '/paymentwall/delivery'),
  operation('GET', '/kakao/payment/orders', '/kakao/payment/orders'),
  operation('GET', '/tiers/{tier_code}', '/tiers/[^/]+'),
  operation('GET', '/banks', '/banks'),
  operation('GET', '/banks/{bank_standard_code}', '/banks/[^/]+'),
  operation('GET', '/cards', '/cards'),
  operation('GET', '/cards/{card_standard_code}', '/cards/[^/]+'),
  operation('GET', '/subscribe/customers', '/subscribe/customers'),
  operation(
    'GET',
    '/subscribe/customers/{customer_uid}/payments',
    '/subscribe/customers/.+/payments',
  ),
  operation(
    'GET',
    '/subscribe/customers/{customer_uid}/schedules',
    '/subscribe/customers/.+/schedules',
  ),
  operation(
    'GET',
    '/subscribe/payments/schedule/customers/{customer_uid}',
    '/subscribe/payments/schedule/customers/.+',
  ),
  operation('GET', '/subscribe/payments/schedule', '/subscribe/payments/schedule'),
  operation('POST', '/subscribe/payments/schedule', '/subscribe/payments/schedule'),
  operation('POST', '/subscribe/payments/unschedule', '/subscribe/payments/unschedule'),
  operation(
    'POST',
    '/subscribe/payments/schedule/{merchant_uid}/retry',
    '/subscribe/payments/schedule/.+/retry',
  ),
  operation(
    'POST',
    '/subscribe/payments/schedule/{merchant_uid}/reschedule',
    '/subscribe/payments/schedule/.+/reschedule',
  ),
  operation(
    'GET',
    '/subscribe/payments/schedule/{merchant_uid}',
    '/subscribe/payments/schedule/.+',
  ),
  operation(
    'PUT',
    '/subscribe/payments/schedule/{merchant_uid}',
    '/subscribe/payments/schedule/.+',
  ),
  operation('GET', '/subscribe/customers/{customer_uid}', '/subscribe/customers/.+'),
  operation('POST', '/subscribe/customers/{customer_uid}', '/subscribe/customers/.+'),
  operation('DELETE', '/subscribe/customers/{customer_uid}', '/subscribe/customers/.+'),
  operation('POST', '/subscribe/payments/onetime', '/subscribe/payments/onetime'),
  operation('POST', '/subscribe/payments/foreign', '/subscribe/payments/foreign'),
  operation('POST', '/subscribe/payments/again', '/subscribe/payments/again'),
  operation('POST', '/cvs', '/cvs'),
  operation('DELETE', '/cvs/{imp_uid}', '/cvs/[^/]+'),
  operation('POST', '/benepia/point', '/benepia/point'),
  operation('POST', '/benepia/payment', '/benepia/payment'),
  operation('POST', '/payco/orders/status/{imp_uid}', '/payco/orders/status/[^/]+'),
  operation('DELETE', '/kcpquick/members/{member_id}', '/kcpquick/members/[^/]+'),
  operation(
    'POST',
    '/kcpquick/members/{member_id}/fido/release',
    '/kcpquick/members/[^/]+/fido/release',
  ),
  operation('POST', '/kcpquick/prepare/{merchant_uid}', '/kcpquick/prepare/.+'),
  operation('PUT', '/kcpquick/prepare/{merchant_uid}', '/kcpquick/prepare/.+'),
  operation('POST', '/kcpquick/payment/money', '/kcpquick/payment/money'),
  operation('POST', '/kcpquick/payment/autopay', '/kcpquick/payment/autopay'),
  operation('DELETE', '/kcpquick/autopay/{customer_uid}', '/kcpquick/autopay/.+'),
  operation('POST', '/vbanks', '/vbanks'),
  operation('PUT', '/vbanks/{imp_uid}', '/vbanks/[^/]+'),
  operation('DELETE', '/vbanks/{imp_uid}', '/vbanks/[^/]+'),
]

/** The documented path of a call, or the path itself when there is no such operation. */
export function operationOf(method: string, pathname: string): string {
  const found = operations.find((row) => row.method === method && row.matches.test(pathname))
  return found?.path ?? pathname
}

function operation(method: string, path: string, pattern: string): Operation {
  return { method, path, matches: new RegExp(`^${pattern}/?$`) }
}
