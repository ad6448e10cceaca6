import type { Language } from '../locales/language.ts'

export type Currency = 'KRW' | 'USD'

const minorDigits = { KRW: 0, USD: 2 } satisfies Record<Currency, number>

/** An amount in the currency's smallest unit: won, or cents. */
export interface Money {
  readonly minor: number
  readonly currency: Currency
}

export function times({ minor, currency }: Money, quantity: number): Money {
  return { minor: minor * quantity, currency }
}

/** The amount as a payment request has it: whole won, or dollars with two decimals. */
export function toWireAmount({ minor, currency }: Money): number {
  return minor / 10 ** minorDigits[currency]
}

export function toPriceText(money: Money, language: Language): string {
  const amount = toWireAmount(money)
  // Korean shops write the unit after the amount; the won sign is for other readers.
  if (language === 'ko' && money.currency === 'KRW') return `${amount.toLocaleString('ko-KR')}원`
  return new Intl.NumberFormat(language === 'ko' ? 'ko-KR' : 'en-US', {
    style: 'currency',
    currency: money.currency,
  }).format(amount)
}
