import type { Cause } from './failure.ts'
import { fieldsOf } from './fields.ts'

/**
 * The only way for text from outside into a failure: returns the text with every credential replaced by
 * `[redacted]`; null for a value that is not text.
 */
export type Redact = (value: unknown) => string | null

/** Creates a {@link Redact}. `secrets` is read at each use, so that later tokens are redacted too. */
export function createRedact(secrets: () => readonly string[]): Redact {
  return (value) =>
    typeof value === 'string'
      ? secrets().reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), value)
      : null
}

/** Converts a thrown value into data. */
export function toCause(thrown: unknown, redact: Redact, depth = 0): Cause {
  const { name, message, code, cause } = fieldsOf(thrown)
  return {
    name: redact(name) ?? 'unknown',
    message: redact(message) ?? redact(thrown) ?? '',
    code: redact(code),
    // Runtimes nest a cause once or twice; a cause that refers to itself must not loop for ever.
    cause: cause === undefined || depth === 3 ? null : toCause(cause, redact, depth + 1),
  }
}
