import type { Cause } from './failure.ts'
import { fieldsOf } from './fields.ts'

/**
 * The only way of foreign text into a failure: the text without any credential; null for what is no text.
 */
export type Redact = (value: unknown) => string | null

/** Blots the words out of whatever is said, those too that are added later. */
export function createRedact(secrets: () => readonly string[]): Redact {
  return (value) =>
    typeof value === 'string'
      ? secrets().reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), value)
      : null
}

/** A thrown thing as data. */
export function toCause(thrown: unknown, redact: Redact, depth = 0): Cause {
  const { name, message, code, cause } = fieldsOf(thrown)
  return {
    name: redact(name) ?? 'unknown',
    message: redact(message) ?? redact(thrown) ?? '',
    code: redact(code),
    // Runtimes wrap once or twice; a cause that points at itself must not hang us.
    cause: cause === undefined || depth === 3 ? null : toCause(cause, redact, depth + 1),
  }
}
