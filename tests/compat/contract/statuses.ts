// Which HTTP statuses the published description gives each operation, beside 200 and 401.

const described: Readonly<Record<string, readonly number[]>> = {
  'POST /benepia/point': [500],
  'POST /benepia/payment': [500],
  'GET /certifications/{imp_uid}': [404],
  'DELETE /certifications/{imp_uid}': [404, 500],
  'POST /certifications/otp/request': [400, 500],
  'POST /certifications/otp/confirm/{imp_uid}': [400, 404, 500],
  'GET /subscribe/customers': [207, 404],
  'GET /subscribe/customers/{customer_uid}': [404],
  'DELETE /subscribe/customers/{customer_uid}': [404],
  'GET /subscribe/customers/{customer_uid}/payments': [404],
  'GET /subscribe/customers/{customer_uid}/schedules': [400],
  'GET /escrows/logis/{imp_uid}': [400, 404, 409, 500],
  'PUT /escrows/logis/{imp_uid}': [400, 404, 405, 409, 500],
  'POST /escrows/logis/{imp_uid}': [400, 404, 405, 409, 500],
  'DELETE /kcpquick/members/{member_id}': [404],
  'PUT /kcpquick/prepare/{merchant_uid}': [400, 404],
  'POST /kcpquick/prepare/{merchant_uid}': [400, 409],
  'DELETE /kcpquick/autopay/{customer_uid}': [404, 500],
  'POST /kcpquick/members/{member_id}/fido/release': [400, 500],
  'POST /payments/{imp_uid}/naver/cancel': [207, 404, 500],
  'POST /payments/{imp_uid}/naver/approve-cancel': [207, 404, 500],
  'POST /payments/{imp_uid}/naver/ship': [207, 400, 404, 500],
  'POST /payments/{imp_uid}/naver/ship-exchanged': [207, 400, 404, 500],
  'POST /payments/{imp_uid}/naver/collect-exchanged': [207, 404, 500],
  'POST /payments/{imp_uid}/naver/place': [207, 404, 500],
  'POST /payments/{imp_uid}/naver/request-return': [207, 400, 404, 500],
  'POST /payments/{imp_uid}/naver/approve-return': [207, 404, 500],
  'POST /payments/{imp_uid}/naver/reject-return': [207, 400, 404, 500],
  'POST /payments/{imp_uid}/naver/withhold-return': [207, 400, 404, 500],
  'POST /payments/{imp_uid}/naver/resolve-return': [207, 404, 500],
  'POST /payments/{imp_uid}/naver/point': [404, 500],
  'POST /payments/{imp_uid}/naver/confirm': [404, 500],
  'GET /payments/{imp_uid}/naver/product-orders': [404],
  'GET /naver/product-orders/{product_order_id}': [400, 404],
  'GET /naver/reviews': [400, 500],
  'GET /payments/{imp_uid}/naver/cash-amount': [400, 500],
  'POST /partners/receipts/{imp_uid}': [400, 404, 500, 501],
  'GET /payments/{imp_uid}/balance': [404, 405],
  'GET /payments/{imp_uid}': [404],
  'GET /payments': [207, 404],
  'GET /payments/find/{merchant_uid}/{payment_status}': [404],
  'GET /payments/findAll/{merchant_uid}/{payment_status}': [400, 404],
  'GET /payments/status/{payment_status}': [400],
  'PUT /payments/prepare': [404],
  'GET /receipts/{imp_uid}': [404],
  'POST /receipts/{imp_uid}': [400, 500, 501],
  'DELETE /receipts/{imp_uid}': [400, 500, 501],
  'GET /receipts/external/{merchant_uid}': [404],
  'POST /receipts/external/{merchant_uid}': [400, 500, 501],
  'DELETE /receipts/external/{merchant_uid}': [400, 404, 500, 501],
  'GET /cards': [404],
  'GET /cards/{card_standard_code}': [404],
  'GET /banks': [404],
  'GET /banks/{bank_standard_code}': [404],
  'GET /subscribe/payments/schedule': [400],
  'GET /subscribe/payments/schedule/{merchant_uid}': [404],
  'PUT /subscribe/payments/schedule/{merchant_uid}': [400, 404, 500],
  'POST /subscribe/payments/schedule/{merchant_uid}/reschedule': [400, 404, 500],
  'POST /subscribe/payments/schedule/{merchant_uid}/retry': [400, 404, 500],
  'GET /subscribe/payments/schedule/customers/{customer_uid}': [400],
  'GET /tiers/{tier_code}': [404],
  'PUT /vbanks/{imp_uid}': [400, 404],
  'DELETE /vbanks/{imp_uid}': [400, 404],
}

/** Statuses that clients have observed where the description has none. */
const observed: Readonly<Record<string, readonly number[]>> = {
  'GET /payments/prepare/{merchant_uid}': [404],
  'GET /payments/find/{merchant_uid}/{payment_status}': [400],
}

/** Where the description has only 200 and 401: an unknown payment is 404, as everywhere else. */
const assumed: Readonly<Record<string, readonly number[]>> = {
  'DELETE /cvs/{imp_uid}': [404],
  'POST /payco/orders/status/{imp_uid}': [404],
}

/** Whether an operation may refuse with a status: as described, as observed, or 400 for malformed requests. */
export function mayRefuse(operation: string, status: number): boolean {
  const known = [described, observed, assumed].flatMap((list) => list[operation] ?? [])
  return [200, 400, 401].includes(status) || (status !== 207 && known.includes(status))
}

/** Whether an operation may succeed with a status: 200, and 207 for partial results where described. */
export function maySucceed(operation: string, status: number): boolean {
  return status === 200 || (status === 207 && described[operation]?.includes(207) === true)
}
