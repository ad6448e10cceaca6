/** A decoded message: its own properties under their wire names. */
export type Fields = Readonly<Record<string, unknown>>

/** Whether a decoded value is a JSON object: neither null nor an array nor a scalar. */
export function isFields(value: unknown): value is Fields {
  try {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    // Even `Array.isArray` throws for a revoked proxy.
    return false
  }
}

/**
 * Reads one own field. Inherited names (`constructor`, `__proto__` and the like) count as absent, and so does a
 * field whose accessor throws: a parser must not throw for any value.
 */
export function readField(fields: Fields, name: string): unknown {
  try {
    return Object.hasOwn(fields, name) ? fields[name] : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads a record by its properties, all of which are its own and can be read: of a value that is no plain object, and
 * where a program has added to `Object.prototype`, a copy without a prototype is read.
 *
 * @returns What `read` returns; null for a value that is no record.
 */
export function readRecord<T>(value: unknown, read: (record: Fields) => T): T | null {
  if (!isFields(value)) return null
  try {
    if (isPlain(value)) return read(value)
  } catch {
    // An accessor has thrown. In the copy its field is absent.
  }
  const copy: Record<string, unknown> = Object.create(null)
  for (const name of listNames(value)) copy[name] = readField(value, name)
  return read(copy)
}

function isPlain(value: Fields): boolean {
  // What a program assigns is enumerable.
  for (const _ in Object.prototype) return false
  return Object.getPrototypeOf(value) === Object.prototype
}

/**
 * Whether a value means "nothing": absent, blank, or the text that a program makes of a missing value, such as
 * `null`, `undefined`, `NaN`, `(null)` or `[object Object]`.
 *
 * @param value The value from outside; any value is allowed.
 * @returns False for any other value, also for `0`, `false` and empty lists.
 *
 * @example
 * ```ts
 * import { isNothing } from '@quayside/core'
 *
 * console.log(isNothing('undefined'), isNothing('ORD-1')) // true false
 * ```
 */
export function isNothing(value: unknown): boolean {
  if (typeof value !== 'string') return value === undefined || value === null
  return /^(?:|null|undefined|nan|nil|\(null\)|<null>|\[object \w+\])$/i.test(value.trim())
}

/**
 * Reads one own field that may be repeated. Equal repeats are one value, and one that means nothing is none: pages put
 * parameters into their own address that the provider appends again. Values that differ stay a list.
 */
export function readSingle(fields: Fields, name: string): unknown {
  const values = readList(fields, name)
  if (values === null || values.length < 2) return readField(fields, name)
  const [first, ...others] = values.filter((value) => !isNothing(value))
  return others.every((value) => value === first) ? first : values
}

// Outside of the function: some bundlers make a literal with properties of Unicode an object that each call compiles anew.
const unstorable = /[^\P{Cc}\t\n\r]|\p{Cs}/gu

/**
 * A field as text; null when it is absent, not text, repeated with different values, or means nothing.
 *
 * Control characters (except line breaks and tabs) and lone surrogates become U+FFFD: no database stores them all,
 * and PostgreSQL refuses a whole row for one NUL.
 */
export function readText(fields: Fields, name: string): string | null {
  const own = readField(fields, name)
  return toText(typeof own === 'string' ? own : readSingle(fields, name))
}

/** A value as text, as {@link readText} has it; null when it is not text or means nothing. */
export function toText(value: unknown): string | null {
  if (typeof value !== 'string') return null
  // Nearly every text is printable ASCII, and something by its first character: faster than the two other expressions.
  if (/^(?![ nu(<[])[ -~]+$/i.test(value)) return value
  return isNothing(value) ? null : value.replace(unstorable, '\uFFFD')
}

/** A field that is a list, as a plain array; null when it is absent, not a list, or cannot be iterated. */
export function readList(fields: Fields, name: string): readonly unknown[] | null {
  return toList(readField(fields, name))
}

/** A value as a plain array; null when it is not a list, or cannot be iterated. */
export function toList(value: unknown): readonly unknown[] | null {
  try {
    return Array.isArray(value) ? Array.from<unknown>(value) : null
  } catch {
    // `Array.isArray` throws for a revoked proxy.
    return null
  }
}

/** The names of a message's own fields; empty when they cannot be listed. */
export function listNames(fields: Fields): readonly string[] {
  try {
    return Object.keys(fields)
  } catch {
    return []
  }
}
