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

  const describe = (thrown: unknown, depth = 0): Cause => {
    if (!(thrown instanceof Error)) return { ...nameless, message: redact(String(thrown)) }
    return {
      name: redact(thrown.name),
      message: redact(thrown.message),
      code: 'code' in thrown && typeof thrown.code === 'string' ? redact(thrown.code) : null,
      // Runtimes wrap once or twice; a cause that points at itself must not hang us.
      cause: thrown.cause === undefined || depth === 3 ? null : describe(thrown.cause, depth + 1),
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

const nameless = { name: 'unknown', code: null, cause: null }
