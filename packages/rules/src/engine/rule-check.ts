import type { PaymentParameters } from '../model/context.ts'
import type {
  CharactersRule,
  ForbiddenRule,
  LengthRule,
  NumberRule,
  RequiredRule,
  Rule,
  SumRule,
} from '../model/rule.ts'
import type { Finding } from '../words/sentences.ts'
import { isOfCharacters } from './characters.ts'
import { isDate } from './dates.ts'
import { isGiven, isRecord, toText, valuesAt } from './path.ts'

/** What a rule finds wrong in a request; null when all is well, or when nothing is there that it could look at. */
export type Wrong = Pick<Finding, 'reason' | 'detail'> | null

/** Applies a rule to a request for which its condition holds. */
export function findWrong(rule: Rule, parameters: PaymentParameters): Wrong {
  switch (rule.kind) {
    case 'required':
      return findMissing(rule, parameters)
    case 'forbidden':
      return findForbidden(rule, parameters)
    case 'length':
      return firstWrong(rule.parameter, parameters, (value) => findLength(rule, value))
    case 'characters':
      return firstWrong(rule.parameter, parameters, (value) => findCharacters(rule, value))
    case 'values': {
      const values = new Set(rule.values.map(String))
      return firstWrong(rule.parameter, parameters, (value) =>
        (Array.isArray(value) ? value : [value]).every((each) => values.has(toText(each)))
          ? null
          : { reason: 'value_not_usable', detail: shown(value) },
      )
    }
    case 'date':
      return firstWrong(rule.parameter, parameters, (value) =>
        rule.formats.some((format) => isDate(toText(value), format))
          ? null
          : { reason: 'date_format', detail: rule.formats.join(', ') },
      )
    case 'number':
      return firstWrong(rule.parameter, parameters, (value) =>
        typeof value === 'number' ? findNumber(rule, value, parameters['amount']) : null,
      )
    case 'sum':
      return findSum(rule, parameters)
  }
}

function firstWrong(
  path: string,
  parameters: PaymentParameters,
  find: (value: unknown) => Wrong,
): Wrong {
  for (const value of valuesAt(parameters, path)) {
    const wrong = isGiven(value) ? find(value) : null
    if (wrong !== null) return wrong
  }
  return null
}

/** A value as a sentence shows it: short, and nothing but the value. */
export function shown(value: unknown): string {
  const text = toText(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

function findMissing(
  { parameter, value, contains, among }: RequiredRule,
  parameters: PaymentParameters,
): Wrong {
  if (among !== undefined) {
    return among.some((path) => valuesAt(parameters, path).some(isGiven))
      ? null
      : { reason: 'missing', detail: '' }
  }
  const values = valuesAt(parameters, parameter)
  if (contains !== undefined) {
    const has = values.some((each) => [each].flat().some((part) => toText(part).includes(contains)))
    return has ? null : { reason: 'missing', detail: contains }
  }
  if (value !== undefined) {
    return values.every((each) => each === value) ? null : { reason: 'missing', detail: `${value}` }
  }
  return values.every(isGiven) ? null : { reason: 'missing', detail: '' }
}

function findForbidden(
  { parameter, values, except }: ForbiddenRule,
  parameters: PaymentParameters,
): Wrong {
  return firstWrong(parameter, parameters, (value) => {
    if (values !== undefined) {
      return values.some((each) => toText(each) === toText(value))
        ? { reason: 'value_not_usable', detail: shown(value) }
        : null
    }
    if (except !== undefined) {
      return except.includes(toText(value))
        ? null
        : { reason: 'value_not_usable', detail: shown(value) }
    }
    // A switch that is off asks for nothing.
    if (value === false || value === 0 || (isRecord(value) && Object.keys(value).length === 0))
      return null
    return { reason: 'not_usable' }
  })
}

function findLength({ min, max, unit }: LengthRule, value: unknown): Wrong {
  const text = toText(value)
  const length = unit === 'bytes' ? new TextEncoder().encode(text).length : Array.from(text).length
  const suffix = unit === 'bytes' ? ' bytes' : ''
  if (max !== undefined && length > max) return { reason: 'too_long', detail: `${max}${suffix}` }
  if (min !== undefined && length < min) return { reason: 'too_short', detail: `${min}${suffix}` }
  return null
}

function findCharacters({ only, none = '', count }: CharactersRule, value: unknown): Wrong {
  const text = toText(value)
  const found = Array.from(text).find((character) => none.includes(character))
  if (found !== undefined) return { reason: 'characters', detail: found }
  if (only !== undefined && !isOfCharacters(text, only)) {
    return { reason: 'characters', detail: shown(text) }
  }
  if (count === undefined || text.length === count) return null
  return { reason: text.length < count ? 'too_short' : 'too_long', detail: `${count}` }
}

function findNumber(
  { min, decimals, maxShareOfAmount }: NumberRule,
  value: number,
  amount: unknown,
): Wrong {
  if (min !== undefined && value < min) return { reason: 'number_too_small', detail: `${min}` }
  if (decimals !== undefined && (toText(value).split('.')[1]?.length ?? 0) > decimals) {
    return { reason: 'decimals', detail: `${decimals}` }
  }
  if (maxShareOfAmount === undefined || typeof amount !== 'number') return null
  const max = amount * maxShareOfAmount
  return value > max ? { reason: 'number_too_large', detail: `${max}` } : null
}

/** Compares to a hundredth: sums of prices with decimals are not exact. */
function findSum({ parameter, price, quantity }: SumRule, parameters: PaymentParameters): Wrong {
  const prices = valuesAt(parameters, `${parameter}[].${price}`).map(Number)
  const quantities = valuesAt(parameters, `${parameter}[].${quantity}`).map(Number)
  if (prices.length === 0) return null
  const sum = prices.reduce((total, each, i) => total + each * (quantities[i] ?? 0), 0)
  return Math.abs(sum - Number(parameters['amount'])) < 0.005 ? null : { reason: 'sum_differs' }
}
