import { fail, ok, type Result } from './result.ts'

// The number of decimals. The currencies are those that the guide names for at least one PG.
const digits = {
  AUD: 2,
  BRL: 2,
  CAD: 2,
  CHF: 2,
  CNY: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  HKD: 2,
  HUF: 2,
  ILS: 2,
  JPY: 0,
  KRW: 0,
  MXN: 2,
  MYR: 2,
  NOK: 2,
  NZD: 2,
  PHP: 2,
  PLN: 2,
  RUB: 2,
  SEK: 2,
  SGD: 2,
  THB: 2,
  TWD: 2,
  USD: 2,
} as const

/** The code of a currency that V1 accepts, such as `KRW`. */
export type Currency = keyof typeof digits

/** An exact amount: a whole number of the currency's smallest unit (won, yen, cents). */
export interface Money {
  readonly minor: number
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
    const scale = 10 ** digits[currency]
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
  return money.minor / 10 ** digits[money.currency]
}

/** Formats money for logs and messages: `1004 KRW`, `14.20 USD`. */
export function toText(money: Money): string {
  return `${toAmount(money).toFixed(digits[money.currency])} ${money.currency}`
}

/** Whether two amounts are equal in value and currency. */
export function isSameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency
}

function isCurrency(value: unknown): value is Currency {
  return typeof value === 'string' && Object.hasOwn(digits, value)
}
