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

/** A field as text; null when it is absent, empty, or not text. */
export function readText(fields: Fields, name: string): string | null {
  const value = readField(fields, name)
  return typeof value === 'string' && value !== '' ? value : null
}

/** A field that is a list, as a plain array; null when it is absent, not a list, or cannot be iterated. */
export function readList(fields: Fields, name: string): readonly unknown[] | null {
  try {
    const value = readField(fields, name)
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
