import { type Currency, digitsOf, isCurrency } from './currency.ts'
import { fail, ok, type Result } from './result.ts'

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
  const money = toMoney(amount, currency)
  return money === null ? fail({ reason: 'amount_malformed', actual: amount }) : ok(money)
}

/** The money of a wire amount whose currency is known; null when it is malformed. */
export function toMoney(amount: unknown, currency: Currency): Money | null {
  if (typeof amount !== 'number' || amount < 0 || Object.is(amount, -0)) return null
  const scale = 10 ** digitsOf(currency)
  const minor = Math.round(amount * scale)
  const noise = scale === 1 ? 0 : Number.EPSILON * amount
  // Above half a minor unit the rounding error hides digits, and two amounts would be the same number.
  const isExact = Number.isSafeInteger(minor) && noise * scale < 0.5
  return isExact && Math.abs(amount - minor / scale) <= noise ? { minor, currency } : null
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
