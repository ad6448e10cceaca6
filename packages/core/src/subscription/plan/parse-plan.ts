import { type Fields, isFields, listNames, readField, readList } from '../../values/fields.ts'
import { type Money, type MoneyFailure, parseMoney } from '../../values/money.ts'
import { fail, ok, type Result } from '../../values/result.ts'
import { type Discount, defaultRetry, type Plan, type RetryPolicy, type RetryStep } from './plan.ts'

/** Why a plan was refused. */
export type PlanFailure =
  /** `field` is the path of the first field that is missing, unknown or outside its limits; empty for the plan itself. */
  | { readonly reason: 'plan_malformed'; readonly field: string }
  /** The amount is 0: periods without charge are made with discounts. */
  | { readonly reason: 'plan_amount_zero' }
  | MoneyFailure

/** Balances and prices of several periods stay exact far below the largest exact number. */
const maxMinor = 1_000_000_000_000

const maxDiscounts = 10
const maxSteps = 15
const maxPeriods = 99_999

const units = { day: 366, week: 52, month: 36, year: 5 } as const

/**
 * Parses a plan from JSON of outside. Nothing is coerced, and an unknown field is a failure: a misspelled discount must
 * not charge the full price.
 *
 * ```json
 * {
 *   "amount": 9900, "currency": "KRW", "period": { "unit": "month", "count": 1 },
 *   "anchor_day": 31, "hour": 10, "trial_days": 14, "first": "now", "prorate": true,
 *   "discounts": [{ "periods": 3, "percent": 50 }, { "periods": 1, "amount": 1000 }], "periods": 12,
 *   "retry": {
 *     "steps": [{ "days": 1, "hour": 10 }], "grace_days": 2, "at_end": "cancel", "fallback": true
 *   }
 * }
 * ```
 *
 * Amounts are in the currency's unit, also that of a discount. Only `amount`, `currency` and `period` are required. By default there is no anchor, trial, discount or end, charges
 * are made at 10 in the morning, and failed ones are repeated by {@link defaultRetry}: each field of `retry` that is left
 * out is the one there, and `"steps": []` repeats none. Days before the first anchor cost their share of a period with
 * `first: "now"`, and nothing with `"anchor"`, unless `prorate` says otherwise.
 *
 * @param value The decoded JSON; any value is allowed.
 * @returns The plan. Failures: `plan_malformed` with the path of the field (`retry.steps.0.hour`); `plan_amount_zero`;
 * `currency_unknown` and `amount_malformed` for what is no exact amount.
 *
 * @example
 * ```ts
 * import { parsePlan } from '@quayside/core'
 *
 * const plan = parsePlan({ amount: 9900, currency: 'KRW', period: { unit: 'month', count: 1 } })
 * console.log(plan.ok && plan.value.hour) // 10
 * console.log(parsePlan({ amount: 0, currency: 'KRW', period: { unit: 'month', count: 1 } }))
 * ```
 */
export function parsePlan(value: unknown): Result<Plan, PlanFailure> {
  const reader = createReader()
  const plan = reader.object(value, '', [
    'amount',
    'currency',
    'period',
    'anchor_day',
    'hour',
    'trial_days',
    'first',
    'prorate',
    'discounts',
    'periods',
    'retry',
  ])
  if (plan === null) return fail({ reason: 'plan_malformed', field: reader.failed() ?? '' })
  const amount = parseMoney(readField(plan, 'amount'), readField(plan, 'currency'))
  if (!amount.ok) return amount
  if (amount.value.minor === 0) return fail({ reason: 'plan_amount_zero' })
  if (amount.value.minor > maxMinor) return fail({ reason: 'plan_malformed', field: 'amount' })

  const parsed = readPlan(plan, amount.value, reader)
  const field = reader.failed()
  return field === null ? ok(parsed) : fail({ reason: 'plan_malformed', field })
}

function readPlan(plan: Fields, amount: Money, reader: Reader): Plan {
  const period = reader.object(readField(plan, 'period'), 'period', ['unit', 'count']) ?? {}
  const unit = reader.choice(period, 'period.unit', ['day', 'week', 'month', 'year'], null)
  const count = reader.integer(period, 'period.count', 1, units[unit], null)
  const hasAnchor = unit === 'month' || unit === 'year'
  const anchorDay = reader.optional(plan, 'anchor_day', hasAnchor ? 31 : 0)
  const first = reader.choice(plan, 'first', ['now', 'anchor'], 'now')
  return {
    amount,
    period: { unit, count },
    anchorDay,
    hour: reader.integer(plan, 'hour', 0, 23, 10),
    trialDays: reader.integer(plan, 'trial_days', 0, 366, 0),
    first,
    prorate: reader.boolean(plan, 'prorate', first === 'now'),
    discounts: reader.list(plan, 'discounts', maxDiscounts, [], (item, path) =>
      readDiscount(item, path, amount, reader),
    ),
    periods: reader.optional(plan, 'periods', maxPeriods),
    retry: readRetry(readField(plan, 'retry'), reader),
  }
}

function readDiscount(item: unknown, path: string, price: Money, reader: Reader): Discount {
  const fields = reader.object(item, path, ['periods', 'amount', 'percent']) ?? {}
  const periods = reader.integer(fields, `${path}.periods`, 1, maxPeriods, null)
  const isPercent = readField(fields, 'percent') !== undefined
  if (isPercent && readField(fields, 'amount') !== undefined) reader.refuse(`${path}.amount`)
  if (isPercent) {
    return { periods, off: { percent: reader.integer(fields, `${path}.percent`, 1, 100, null) } }
  }
  const amount = parseMoney(readField(fields, 'amount'), price.currency)
  const minor = amount.ok ? amount.value.minor : 0
  if (minor < 1 || minor > maxMinor) reader.refuse(`${path}.amount`)
  return { periods, off: { minor } }
}

function readRetry(value: unknown, reader: Reader): RetryPolicy {
  if (value === undefined) return defaultRetry
  const fields = reader.object(value, 'retry', ['steps', 'grace_days', 'at_end', 'fallback']) ?? {}
  const readStep = (item: unknown, path: string): RetryStep => {
    const step = reader.object(item, path, ['days', 'hour']) ?? {}
    return {
      days: reader.integer(step, `${path}.days`, 0, 60, null),
      hour: reader.integer(step, `${path}.hour`, 0, 23, 10),
    }
  }
  const steps = reader.list(fields, 'retry.steps', maxSteps, defaultRetry.steps, readStep)
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1]
    const isLater =
      before === undefined || step.days * 24 + step.hour > before.days * 24 + before.hour
    if (!isLater) reader.refuse(`retry.steps.${index}`)
  }
  return {
    steps,
    graceDays: reader.integer(fields, 'retry.grace_days', 0, 60, defaultRetry.graceDays),
    atEnd: reader.choice(fields, 'retry.at_end', ['cancel', 'pause'], defaultRetry.atEnd),
    fallback: reader.boolean(fields, 'retry.fallback', defaultRetry.fallback),
  }
}

/** Reads fields by their path, and remembers the first one that is wrong. */
interface Reader {
  failed(): string | null
  refuse(path: string): void
  object(value: unknown, path: string, names: readonly string[]): Fields | null
  integer(fields: Fields, path: string, min: number, max: number, otherwise: number | null): number
  optional(fields: Fields, path: string, max: number): number | null
  boolean(fields: Fields, path: string, otherwise: boolean): boolean
  choice<const Choice extends string>(
    fields: Fields,
    path: string,
    choices: readonly [Choice, ...Choice[]],
    otherwise: NoInfer<Choice> | null,
  ): Choice
  list<Item>(
    fields: Fields,
    path: string,
    max: number,
    otherwise: readonly Item[],
    read: (item: unknown, path: string) => Item,
  ): readonly Item[]
}

function createReader(): Reader {
  let wrong: string | null = null
  const refuse = (path: string): void => {
    wrong ??= path
  }
  const readAt = (fields: Fields, path: string): unknown =>
    readField(fields, path.slice(path.lastIndexOf('.') + 1))
  return {
    failed: () => wrong,
    refuse,
    object(value, path, names) {
      if (!isFields(value)) {
        refuse(path)
        return null
      }
      const unknown = listNames(value).find((name) => !names.includes(name))
      // The name is from outside, so its length has no limit.
      if (unknown !== undefined) refuse([path, unknown.slice(0, 40)].filter(Boolean).join('.'))
      return value
    },
    integer(fields, path, min, max, otherwise) {
      const value = readAt(fields, path) ?? otherwise
      if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
        return value
      }
      refuse(path)
      return min
    },
    optional(fields, path, max) {
      return (readAt(fields, path) ?? null) === null
        ? null
        : this.integer(fields, path, 1, max, null)
    },
    boolean(fields, path, otherwise) {
      const value = readAt(fields, path) ?? otherwise
      if (typeof value === 'boolean') return value
      refuse(path)
      return otherwise
    },
    choice(fields, path, choices, otherwise) {
      const value = readAt(fields, path) ?? otherwise
      const chosen = choices.find((each) => each === value)
      if (chosen === undefined) refuse(path)
      return chosen ?? choices[0]
    },
    list(fields, path, max, otherwise, read) {
      if ((readAt(fields, path) ?? null) === null) return otherwise
      const items = readList(fields, path.slice(path.lastIndexOf('.') + 1))
      if (items === null || items.length > max) {
        refuse(path)
        return []
      }
      return items.map((item, index) => read(item, `${path}.${index}`))
    },
  }
}
