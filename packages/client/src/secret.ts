import type { Cause } from './failure.ts'

/** Knows the credentials in use and blots them out of any text on its way to a failure. */
export interface Redactor {
  /** Remembers a credential. */
  readonly keep: (credential: string) => void
  /** The text without any credential kept so far. */
  readonly redact: (text: string) => string
  /** A thrown thing as data, without any credential kept so far. */
  readonly describe: (thrown: unknown) => Cause
}

// A token lives 30 minutes and an answer in flight a few seconds: the last few are all that can
// still turn up in a text.
const keptTokens = 4

/** Creates a redactor for credentials that stay (key and secret); tokens are added with `keep`. */
export function createRedactor(lasting: readonly string[]): Redactor {
  let tokens: readonly string[] = []

  const redact = (text: string): string =>
    [...lasting, ...tokens].reduce((rest, word) => rest.replaceAll(word, '[redacted]'), text)

  const toText = (value: unknown): string | null =>
    typeof value === 'string' ? redact(value) : null

  const describe = (thrown: unknown, depth = 0): Cause => {
    const cause = read(thrown, 'cause')
    return {
      name: toText(read(thrown, 'name')) ?? 'unknown',
      message: toText(read(thrown, 'message')) ?? toText(thrown) ?? '',
      code: toText(read(thrown, 'code')),
      // Runtimes wrap once or twice; a cause that points at itself must not hang us.
      cause: cause === undefined || depth === 3 ? null : describe(cause, depth + 1),
    }
  }

  return {
    keep: (credential) => {
      tokens = [credential, ...tokens.filter((token) => token !== credential)].slice(0, keptTokens)
    },
    redact,
    describe: (thrown) => describe(thrown),
  }
}

// Not `instanceof Error`: errors come from other realms, and causes are often plain objects.
function read(thing: unknown, name: string): unknown {
  return typeof thing === 'object' && thing !== null ? Reflect.get(thing, name) : undefined
}
