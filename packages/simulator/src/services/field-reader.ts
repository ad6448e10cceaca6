// Reads the members of a request of the control API, and keeps the first that is missing or wrong.
import { toMinor } from '../domain/payment/money.ts'
import { isRecord, type Params, textOf } from '../runtime/params.ts'

/** The first member of a request that is missing or wrong. */
export interface InvalidField {
  readonly reason: 'invalid'
  readonly field: string
  /** What the member has to be. */
  readonly expected: string
}

/** What a request contains, or its first member that is missing or wrong. */
export type ReadResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: InvalidField }

/** The value that was read, unless a member was wrong. */
export function resultOf<T>(fields: FieldReader, value: T): ReadResult<T> {
  const failure = fields.failure()
  return failure === null ? { ok: true, value } : { ok: false, failure }
}

/** Reads members one by one; after a failure every read returns some value of its type, and `failure` the cause. */
export interface FieldReader {
  failure(): InvalidField | null
  fail(name: string, expected: string): void
  /** Fails, and returns the refusal: for what cannot be read further. */
  refuse(name: string, expected: string): { readonly ok: false; readonly failure: InvalidField }
  /** A text of 1 to `max` characters; `fallback` when absent. */
  text(name: string, rule: { max: number; fallback?: string }): string
  /** A text of 1 to `max` characters; null when absent. */
  optional(name: string, max: number): string | null
  /** One of the allowed texts; `fallback` when absent. */
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback?: T): T
  /** A boolean, as JSON or text; `fallback` when absent. */
  flag(name: string, fallback: boolean): boolean
  /** An amount in minor units from `min` on; `fallback` when absent. */
  amount(name: string, rule: { currency: string; min: number; fallback?: number }): number
  /** A moment in UNIX seconds; `fallback` when absent. */
  seconds(name: string, fallback: number): number
  /** A list of objects, each read by a reader of its own; empty when absent. */
  list<T>(name: string, read: (item: FieldReader) => T): T[]
  /** Fails for a member that has none of these names: a typing error must not be lost. */
  allowOnly(names: readonly string[]): void
}

/** The year 2286: what is beyond is in milliseconds. */
const maxSeconds = 9_999_999_999

/** Makes the reader of one request. */
export function createFieldReader(params: Params, prefix = ''): FieldReader {
  let failure: InvalidField | null = null
  const fail = (name: string, expected: string): InvalidField => {
    failure ??= { reason: 'invalid', field: `${prefix}${name}`, expected }
    return failure
  }
  const isAbsent = (name: string) => (params[name] ?? '') === ''
  const failOr = <T>(name: string, expected: string, fallback: T | undefined, none: T): T => {
    if (isAbsent(name) && fallback !== undefined) return fallback
    fail(name, expected)
    return none
  }
  const optional = (name: string, max: number): string | null => {
    const text = textOf(params, name)
    if ((text === null && !isAbsent(name)) || (text?.length ?? 0) > max) {
      fail(name, `a text of 1 to ${max} characters`)
    }
    return text
  }

  return {
    failure: () => failure,
    fail,
    refuse: (name, expected) => ({ ok: false, failure: fail(name, expected) }),
    optional,
    text: (name, { max, fallback }) =>
      optional(name, max) ?? failOr(name, `a text of 1 to ${max} characters`, fallback, ''),
    oneOf: (name, allowed, fallback) => {
      const text = textOf(params, name)
      const found = allowed.find((each) => each === text)
      return found ?? failOr(name, `one of ${allowed.join(', ')}`, fallback, firstOf(allowed))
    },
    flag: (name, fallback) => {
      const given = params[name] ?? fallback
      const text = typeof given === 'boolean' ? String(given) : textOf(params, name)
      if (text !== 'true' && text !== 'false') fail(name, 'true or false')
      return text === 'true'
    },
    amount: (name, { currency, min, fallback }) => {
      const minor = toMinor(params[name], currency)
      if (minor !== null && minor >= min) return minor
      return failOr(name, `an amount of ${currency}, at least ${min}`, fallback, min)
    },
    seconds: (name, fallback) => {
      const value = Number(textOf(params, name) ?? Number.NaN)
      if (Number.isInteger(value) && value > 0 && value <= maxSeconds) return value
      return failOr(name, 'a moment in UNIX seconds', fallback, fallback)
    },
    list: (name, read) => {
      const given = params[name] ?? []
      if (!Array.isArray(given) || !given.every(isRecord)) {
        fail(name, 'a list of objects')
        return []
      }
      return given.map((item, index) => {
        const reader = createFieldReader(item, `${prefix}${name}[${index}].`)
        const value = read(reader)
        failure ??= reader.failure()
        return value
      })
    },
    allowOnly: (names) => {
      const unknown = Object.keys(params).find((name) => !names.includes(name))
      if (unknown !== undefined) fail(unknown, `one of the members ${names.join(', ')}`)
    },
  }
}

function firstOf<T>(allowed: readonly T[]): T {
  const [first] = allowed
  if (first === undefined) throw new TypeError('Cannot read a member that allows no value')
  return first
}
