import type { Language } from '../../runtime/language.ts'

const pgNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  html5_inicis: { ko: 'KG이니시스', en: 'KG Inicis' },
  inicis: { ko: 'KG이니시스', en: 'KG Inicis' },
  kcp: { ko: 'NHN KCP', en: 'NHN KCP' },
  nice: { ko: '나이스페이', en: 'NICEPAY' },
  nice_v2: { ko: '나이스페이', en: 'NICEPAY' },
  tosspayments: { ko: '토스페이먼츠', en: 'Toss Payments' },
  uplus: { ko: '토스페이먼츠', en: 'Toss Payments' },
  kakaopay: { ko: '카카오페이', en: 'Kakao Pay' },
  naverpay: { ko: '네이버페이', en: 'Naver Pay' },
  naverco: { ko: '네이버페이', en: 'Naver Pay' },
  paypal_v2: { ko: '페이팔', en: 'PayPal' },
  paymentwall: { ko: '페이먼트월', en: 'Paymentwall' },
  toss_brandpay: { ko: '토스 브랜드페이', en: 'Toss BrandPay' },
  inicis_unified: { ko: 'KG이니시스', en: 'KG Inicis' },
  kcp_v2: { ko: 'NHN KCP', en: 'NHN KCP' },
  danal: { ko: '다날', en: 'Danal' },
  danal_tpay: { ko: '다날', en: 'Danal' },
  settle: { ko: '헥토파이낸셜', en: 'Hecto Financial' },
  smartro_v2: { ko: '스마트로', en: 'Smartro' },
  welcome: { ko: '웰컴페이먼츠', en: 'Welcome Payments' },
}

/** The name of a PG, or its code when it has no name here. */
export function toPgName(pgProvider: string, language: Language): string {
  return pgNames[pgProvider]?.[language] ?? pgProvider
}

/** An amount with its currency, formatted for the language. */
export function toAmountText(amount: number, currency: string, language: Language): string {
  // Intl throws on a currency that is not three letters.
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${amount} ${currency}`
  if (currency === 'KRW' && language === 'ko')
    return `${new Intl.NumberFormat('ko').format(amount)}원`
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount)
}
