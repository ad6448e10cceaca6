/**
 * Means of payment: `pay_method` of requests and payments.
 *
 * The record's value is the PG's final word and may differ from what was requested: easy pay often comes back as `card`
 * or `point`. Sources: `sdk/ko/v1-sdk/javascript-sdk/payrq` and `payrt` of the provider's documentation, its API
 * document and its PG pages.
 *
 * @packageDocumentation
 */

import { type Code, type OpenCode, toCode } from './code.ts'

const rows = [
  ['card', '신용·체크카드', 'Card'],
  ['trans', '실시간 계좌이체', 'Bank transfer'],
  ['vbank', '가상계좌', 'Virtual account'],
  ['phone', '휴대폰 소액결제', 'Phone bill'],
  ['applepay', 'Apple Pay', 'Apple Pay'],
  ['samsungpay', '삼성페이', 'Samsung Pay'],
  ['samsung', '삼성페이', 'Samsung Pay'],
  ['naverpay', '네이버페이', 'Naver Pay'],
  ['naverpay_card', '네이버페이 카드', 'Naver Pay card'],
  ['naverpay_point', '네이버페이 포인트', 'Naver Pay points'],
  ['naverpay_bridge', '네이버페이', 'Naver Pay'],
  ['kakaopay', '카카오페이', 'Kakao Pay'],
  ['payco', '페이코', 'PAYCO'],
  ['lpay', '엘페이', 'L.PAY'],
  ['lgpay', 'LG페이', 'LG Pay'],
  ['ssgpay', 'SSG페이', 'SSG Pay'],
  ['ssgpay_bank', 'SSG페이 은행계좌', 'SSG Pay bank account'],
  ['ssgpay_point', 'SSG페이 포인트', 'SSG Pay points'],
  ['tosspay', '토스페이', 'Toss Pay'],
  ['tosspay_card', '토스페이 카드', 'Toss Pay card'],
  ['tosspay_money', '토스페이 머니', 'Toss Pay money'],
  ['kpay', 'KPay', 'KPay'],
  ['chai', '차이', 'CHAI'],
  ['pinpay', '핀페이', 'PinPay'],
  ['skpay', '11Pay(옛 SK페이)', '11Pay (formerly SK Pay)'],
  ['toss_brandpay', '토스 브랜드페이', 'Toss BrandPay'],
  ['paypal', '페이팔', 'PayPal'],
  ['point', '포인트', 'Points'],
  ['cultureland', '컬쳐랜드 상품권', 'Cultureland voucher'],
  ['culturegift', '문화상품권', 'Munhwa gift voucher'],
  ['smartculture', '스마트문상', 'Smart culture voucher'],
  ['booknlife', '도서문화상품권', 'Book culture voucher'],
  ['happymoney', '해피머니', 'Happy Money'],
  ['wechat', '위챗페이', 'WeChat Pay'],
  ['alipay', '알리페이', 'Alipay'],
  ['unionpay', '유니온페이', 'UnionPay'],
  ['tenpay', '텐페이', 'TenPay'],
  ['econtext', '이컨텍스트', 'econtext'],
  ['molpay', '몰페이', 'MOLPay'],
  ['paysbuy', '페이스바이', 'Paysbuy'],
  ['cvs', '편의점 결제', 'Convenience store'],
  ['paypay', 'PayPay', 'PayPay'],
  ['amazonpay', '아마존페이', 'Amazon Pay'],
  ['rakutenpay', '라쿠텐페이', 'Rakuten Pay'],
  ['merpay', '메르페이', 'Merpay'],
  ['aupay', 'au PAY', 'au PAY'],
  ['dbarai', 'd바라이', 'd Barai'],
] as const

/** A documented means of payment. */
export type PayMethodCode = (typeof rows)[number][0]

/** Every documented means of payment. */
export const payMethods: readonly Code<PayMethodCode>[] = rows.map(toCode)

/**
 * The means of payment of a code.
 *
 * @param code The code; any text is allowed.
 * @returns The means; null for a code that is not documented.
 *
 * @example
 * ```ts
 * import { findPayMethod } from '@quayside/codes/pay-methods'
 *
 * console.log(findPayMethod('vbank')?.ko) // 가상계좌
 * ```
 */
export function findPayMethod(code: OpenCode<PayMethodCode>): Code<PayMethodCode> | null {
  return payMethods.find((method) => method.code === code) ?? null
}
