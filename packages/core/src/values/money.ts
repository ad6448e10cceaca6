import { fail, ok, type Result } from './result.ts'

// The codes of ISO 4217 that name money, by their number of decimals. ANG and BGN were withdrawn in 2025 and 2026:
// payments of before are still refunded.
const codes = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: 'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
} as const

type Words<
  Text extends string,
  Found extends string = never,
> = Text extends `${infer Word} ${infer Rest}` ? Words<Rest, Found | Word> : Found | Text

/** The ISO 4217 code of a currency, such as `KRW`. */
export type Currency = Words<(typeof codes)[keyof typeof codes]>

/** An exact amount: a whole number of the currency's smallest unit (won, yen, cents). */
export interface Money {
  /** A safe integer, in the smallest unit: won, yen, cents. */
  readonly minor: number
  /** The currency of the amount. */
  readonly currency: Currency
}

/** A wire amount or currency that is no exact sum of money. */
export type MoneyFailure =
  | { readonly reason: 'currency_unknown'; readonly actual: unknown }
  | { readonly reason: 'amount_malformed'; readonly actual: unknown }

/**
 * Parses a wire amount (`1004`, `14.2`) and its currency into exact money.
 *
 * Wire amounts are floating-point numbers. For a currency with decimals the nearest minor unit is used if the
 * difference is a rounding error (`0.30000000000000004` is 0.30). Any other extra digit, a negative number,
 * `NaN`, `-0` and an amount given as text are malformed.
 *
 * @param amount The wire amount, in the currency's unit; any value is allowed.
 * @param currency The wire currency code; any value is allowed.
 * @returns The money, in whole minor units. Failures: `currency_unknown`, then `amount_malformed`.
 *
 * @example
 * ```ts
 * import { parseMoney } from '@quayside/core'
 *
 * console.log(parseMoney(14.2, 'USD')) // { ok: true, value: { minor: 1420, currency: 'USD' } }
 * console.log(parseMoney(1000.5, 'KRW').ok) // false
 * ```
 */
export function parseMoney(amount: unknown, currency: unknown): Result<Money, MoneyFailure> {
  if (!isCurrency(currency)) return fail({ reason: 'currency_unknown', actual: currency })
  if (typeof amount === 'number' && amount >= 0 && !Object.is(amount, -0)) {
    const scale = 10 ** digitsOf(currency)
    const minor = Math.round(amount * scale)
    const noise = scale === 1 ? 0 : Number.EPSILON * amount
    // Above half a minor unit the rounding error hides digits, and two amounts would be the same number.
    const isExact = Number.isSafeInteger(minor) && noise * scale < 0.5
    if (isExact && Math.abs(amount - minor / scale) <= noise) return ok({ minor, currency })
  }
  return fail({ reason: 'amount_malformed', actual: amount })
}

/** Returns the wire amount: `{ minor: 1420, currency: 'USD' }` becomes `14.2`. */
export function toAmount(money: Money): number {
  return money.minor / 10 ** digitsOf(money.currency)
}

/** Formats money for logs and messages: `1004 KRW`, `14.20 USD`. */
export function toText(money: Money): string {
  return `${toAmount(money).toFixed(digitsOf(money.currency))} ${money.currency}`
}

/** Whether two amounts are equal in value and currency. */
export function isSameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency
}

/** The number of decimals by code: each amount asks for it several times. */
const decimals: ReadonlyMap<unknown, number> = /* @__PURE__ */ new Map(
  Object.entries(codes).flatMap(([digits, all]) =>
    all.split(' ').map((code) => [code, Number(digits)] as const),
  ),
)

function isCurrency(value: unknown): value is Currency {
  return decimals.has(value)
}

function digitsOf(currency: Currency): number {
  return decimals.get(currency) ?? 2
}
