import { fail, ok, type Result } from './result.ts'

// How many digits stand behind the point. The currencies are those the guide names for some provider.
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

/** The code of a currency that V1 takes payments in, such as `KRW`. */
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
 * Reads a wire amount (`1004`, `14.2`) and its currency as exact money.
 *
 * A number has passed through floating point on its way, so for a currency with decimals the nearest
 * minor unit is taken if it differs by no more than that noise (`0.30000000000000004` is 0.30); any
 * other extra digit, a negative, `NaN`, `-0` and an amount given as text are refused.
 *
 * @param amount The wire amount.
 * @param currency The wire currency code.
 * @returns The money; `currency_unknown`; `amount_malformed`.
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
    // Beyond half a minor unit the noise hides digits, and two sums would share one number.
    const isExact = Number.isSafeInteger(minor) && noise * scale < 0.5
    if (isExact && Math.abs(amount - minor / scale) <= noise) return ok({ minor, currency })
  }
  return fail({ reason: 'amount_malformed', actual: amount })
}

/** The amount as the wire has it: `{ minor: 1420, currency: 'USD' }` becomes `14.2`. */
export function toAmount(money: Money): number {
  return money.minor / 10 ** digits[money.currency]
}

/** `1004 KRW`, `14.20 USD`: for logs and messages. */
export function toText(money: Money): string {
  return `${toAmount(money).toFixed(digits[money.currency])} ${money.currency}`
}

export function isSameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency
}

function isCurrency(value: unknown): value is Currency {
  return typeof value === 'string' && Object.hasOwn(digits, value)
}
