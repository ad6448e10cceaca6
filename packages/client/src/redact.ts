import type { Cause } from './failure.ts'
import { fieldsOf } from './fields.ts'

/**
 * The only way of foreign text into a failure: the text without any credential; null for what is no text.
 */
export type Say = (thing: unknown) => string | null

/** Blots the words out of whatever is said, those too that are added later. */
export function sayWithout(words: () => readonly string[]): Say {
  return (thing) =>
    typeof thing === 'string'
      ? words().reduce((rest, word) => rest.replaceAll(word, '[redacted]'), thing)
      : null
}

/** A thrown thing as data. */
export function describe(thrown: unknown, say: Say, depth = 0): Cause {
  const { name, message, code, cause } = fieldsOf(thrown)
  return {
    name: say(name) ?? 'unknown',
    message: say(message) ?? say(thrown) ?? '',
    code: say(code),
    // Runtimes wrap once or twice; a cause that points at itself must not hang us.
    cause: cause === undefined || depth === 3 ? null : describe(cause, say, depth + 1),
  }
}
