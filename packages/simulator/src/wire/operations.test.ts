import { describe, expect, it } from 'vitest'
import { createMerchant } from '../../test/merchant.ts'

const naverEvents = [
  'cancel',
  'approve-cancel',
  'ship',
  'ship-exchanged',
  'collect-exchanged',
  'place',
  'request-return',
  'approve-return',
  'reject-return',
  'withhold-return',
  'resolve-return',
  'point',
  'confirm',
]

/** Method, documented path, and a path that matches it. */
const calls: readonly (readonly [string, string, string])[] = [
  ['GET', '/certifications/{imp_uid}', '/certifications/imp_1'],
  ['DELETE', '/certifications/{imp_uid}', '/certifications/imp_1'],
  ['POST', '/certifications/otp/request', '/certifications/otp/request'],
  ['POST', '/certifications/otp/confirm/{imp_uid}', '/certifications/otp/confirm/imp_1/'],
  ['GET', '/escrows/logis/{imp_uid}', '/escrows/logis/imp_1'],
  ['PUT', '/escrows/logis/{imp_uid}', '/escrows/logis/imp_1'],
  ['POST', '/escrows/logis/{imp_uid}', '/escrows/logis/imp_1/'],
  ...naverEvents.map(
    (event) =>
      ['POST', `/payments/{imp_uid}/naver/${event}`, `/payments/imp_1/naver/${event}`] as const,
  ),
  ['GET', '/payments/{imp_uid}/naver/product-orders', '/payments/imp_1/naver/product-orders'],
  ['GET', '/payments/{imp_uid}/naver/cash-amount', '/payments/imp_1/naver/cash-amount'],
  ['GET', '/naver/product-orders/{product_order_id}', '/naver/product-orders/1'],
  ['GET', '/naver/reviews', '/naver/reviews?from=1&to=2'],
  ['POST', '/partners/receipts/{imp_uid}', '/partners/receipts/imp_1'],
  ['POST', '/paymentwall/delivery', '/paymentwall/delivery'],
  ['GET', '/receipts/{imp_uid}', '/receipts/imp_1'],
  ['POST', '/receipts/{imp_uid}', '/receipts/imp_1'],
  ['DELETE', '/receipts/{imp_uid}', '/receipts/imp_1'],
  ['GET', '/receipts/external/{merchant_uid}', '/receipts/external/주문/1'],
  ['POST', '/receipts/external/{merchant_uid}', '/receipts/external/order-1'],
  ['DELETE', '/receipts/external/{merchant_uid}', '/receipts/external/order-1'],
  ['GET', '/cards', '/cards/'],
  ['GET', '/cards/{card_standard_code}', '/cards/366'],
  ['GET', '/banks', '/banks'],
  ['GET', '/banks/{bank_standard_code}', '/banks/088'],
  ['GET', '/tiers/{tier_code}', '/tiers/T01'],
  ['GET', '/users/pg', '/users/pg/'],
  ['GET', '/kakao/payment/orders', '/kakao/payment/orders?payment_request_date=20260302'],
]

describe('every operation', () => {
  it.each(calls)(
    '%s %s is served, and counted by its documented path',
    async (method, path, real) => {
      const { authorized, call } = createMerchant()
      await authorized('/users/pg')
      await call('/_simulator/request-log/reset', { method: 'POST' })
      const { body } = await authorized(real, { method })
      expect(body['message']).not.toBe('존재하지 않는 API입니다.')
      expect((await call('/_simulator/request-log')).body).toEqual({ [`${method} ${path}`]: 1 })
    },
  )

  it.each(calls)('%s %s requires a token', async (method, _, real) => {
    expect((await createMerchant().call(real, { method })).status).toBe(401)
  })
})
