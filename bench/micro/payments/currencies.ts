import { type Currency, parseMoney } from '@quayside/core'

/** A currency and how many of its smallest units a wire amount of 1 is. */
export interface KnownCurrency {
  readonly code: Currency
  readonly scale: number
}

const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))

/** Every currency, asked of core code by code: the table itself is not exported. */
export const currencies: ReadonlyMap<string, KnownCurrency> = new Map(
  codes.flatMap((text) => {
    const unit = parseMoney(1, text)
    if (!unit.ok) return []
    const { currency: code, minor: scale } = unit.value
    return [[text, { code, scale }] as const]
  }),
)

/** An amount in the smallest unit, by the same rule as core's; null when it is no exact sum of money. */
export function toMinor(amount: number, scale: number): number | null {
  if (amount < 0 || Object.is(amount, -0)) return null
  const minor = Math.round(amount * scale)
  if (!Number.isSafeInteger(minor)) return null
  if (scale === 1) return minor === amount ? minor : null
  const noise = Number.EPSILON * amount
  return noise * scale < 0.5 && Math.abs(amount - minor / scale) <= noise ? minor : null
}
