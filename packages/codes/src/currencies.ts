/**
 * Currencies: their names and decimals, and which a PG documents.
 *
 * Sources: `sdk/ko/v1-sdk/javascript-sdk/payrq` of the provider's documentation, the PG pages `eximbay`,
 * `payletter-global` and `ksnet`, and for PayPal the published type definitions of the browser script.
 *
 * @packageDocumentation
 */

import type { Code, OpenCode } from './code.ts'

// [code, Korean, English, decimals]
const rows = [
  ['KRW', '대한민국 원', 'South Korean won', 0],
  ['USD', '미국 달러', 'US dollar', 2],
  ['EUR', '유로', 'Euro', 2],
  ['JPY', '일본 엔', 'Japanese yen', 0],
  ['GBP', '영국 파운드', 'Pound sterling', 2],
  ['CNY', '중국 위안', 'Chinese yuan', 2],
  ['THB', '태국 밧', 'Thai baht', 2],
  ['SGD', '싱가포르 달러', 'Singapore dollar', 2],
  ['RUB', '러시아 루블', 'Russian rouble', 2],
  ['HKD', '홍콩 달러', 'Hong Kong dollar', 2],
  ['CAD', '캐나다 달러', 'Canadian dollar', 2],
  ['AUD', '호주 달러', 'Australian dollar', 2],
  ['BRL', '브라질 헤알', 'Brazilian real', 2],
  ['CZK', '체코 코루나', 'Czech koruna', 2],
  ['DKK', '덴마크 크로네', 'Danish krone', 2],
  ['HUF', '헝가리 포린트', 'Hungarian forint', 2],
  ['ILS', '이스라엘 셰켈', 'Israeli new shekel', 2],
  ['MYR', '말레이시아 링깃', 'Malaysian ringgit', 2],
  ['MXN', '멕시코 페소', 'Mexican peso', 2],
  ['TWD', '대만 달러', 'New Taiwan dollar', 2],
  ['NZD', '뉴질랜드 달러', 'New Zealand dollar', 2],
  ['NOK', '노르웨이 크로네', 'Norwegian krone', 2],
  ['PHP', '필리핀 페소', 'Philippine peso', 2],
  ['PLN', '폴란드 즐로티', 'Polish zloty', 2],
  ['SEK', '스웨덴 크로나', 'Swedish krona', 2],
  ['CHF', '스위스 프랑', 'Swiss franc', 2],
] as const

/** A documented currency, by its ISO 4217 code. */
export type CurrencyCode = (typeof rows)[number][0]

/** A currency and its number of decimals. */
export interface NamedCurrency extends Code<CurrencyCode> {
  /** How many decimals an amount has: 0 for won and yen, 2 otherwise. */
  readonly decimals: 0 | 2
}

/** Every currency that is documented at some PG. */
export const currencies: readonly NamedCurrency[] = rows.map(([code, ko, en, decimals]) => ({
  code,
  ko,
  en,
  decimals,
}))

/** Currencies that PayPal takes in whole units only, although they have decimals. */
export const wholeAtPayPal: readonly CurrencyCode[] = ['HUF', 'TWD']

const payPal: readonly CurrencyCode[] = [
  ...([
    'AUD',
    'BRL',
    'CAD',
    'CNY',
    'CZK',
    'DKK',
    'EUR',
    'HKD',
    'HUF',
    'ILS',
    'JPY',
    'MYR',
    'MXN',
  ] as const),
  ...(['TWD', 'NZD', 'NOK', 'PHP', 'PLN', 'GBP', 'SGD', 'SEK', 'CHF', 'THB', 'USD'] as const),
]

const byPg: ReadonlyMap<string, readonly CurrencyCode[]> = new Map([
  ['eximbay', ['KRW', 'USD', 'EUR', 'GBP', 'JPY', 'THB', 'SGD', 'RUB', 'HKD', 'CAD', 'AUD']],
  ['paypal', payPal],
  ['paypal_v2', payPal],
  ['payletter_global', ['KRW', 'USD', 'JPY', 'CNY']],
  ['ksnet', ['KRW', 'USD']],
])

/**
 * The currencies that a PG's page lists.
 *
 * @param pg The PG, as in `pg_provider`; any text is allowed.
 * @returns The currencies; null where the contract decides, or nothing is documented.
 *
 * @example
 * ```ts
 * import { currenciesOf } from '@quayside/codes/currencies'
 *
 * console.log(currenciesOf('ksnet'), currenciesOf('paypal_v2')?.includes('KRW')) // ['KRW', 'USD'] false
 * ```
 */
export function currenciesOf(pg: string): readonly CurrencyCode[] | null {
  return byPg.get(pg) ?? null
}

/**
 * The currency of a code.
 *
 * @param code The ISO 4217 code; any text is allowed.
 * @returns The currency; null for one that no PG documents.
 *
 * @example
 * ```ts
 * import { findCurrency } from '@quayside/codes/currencies'
 *
 * console.log(findCurrency('JPY')?.decimals) // 0
 * ```
 */
export function findCurrency(code: OpenCode<CurrencyCode>): NamedCurrency | null {
  return currencies.find((currency) => currency.code === code) ?? null
}
