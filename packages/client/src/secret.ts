import type { EndpointRow } from './endpoint.ts'
import type { Cause } from './failure.ts'

/** Knows the credentials in use and blots them out of any text on its way to a failure. */
export interface Redactor {
  /** Remembers a credential. */
  readonly keep: (credential: string) => void
  /** The text without any credential kept so far. */
  readonly redact: (text: string) => string
  /** A thrown thing as data, without any credential kept so far. */
  readonly describe: (thrown: unknown) => Cause
  /** The same redactor for one call, which knows these words too. */
  readonly also: (words: readonly string[]) => Redactor
}

// A token lives 30 minutes and an answer in flight a few seconds: the last few are all that can
// still turn up in a text.
const keptTokens = 4

/** Creates a redactor for credentials that stay (key and secret); tokens are added with `keep`. */
export function createRedactor(lasting: readonly string[]): Redactor {
  let tokens: readonly string[] = []
  return redactorOf(
    () => [...lasting, ...tokens],
    (credential) => {
      tokens = [credential, ...tokens.filter((token) => token !== credential)].slice(0, keptTokens)
    },
  )
}

/** The words that no failure of this call may say: card data and passwords as they were given. */
export function secretsIn(row: EndpointRow, params: object): readonly string[] {
  const given = Object.entries(params).filter(([name]) => row.secret?.includes(name))
  // A PG may repeat a card number without the dashes it was given with, and an address its query.
  const words = given
    .map(([, value]) => String(value))
    .flatMap((word) => [word, word.replaceAll('-', ''), encodeURIComponent(word)])
  return words.filter((word) => word !== '').toSorted((a, b) => b.length - a.length)
}

function redactorOf(words: () => readonly string[], keep: Redactor['keep']): Redactor {
  const redact = (text: string): string =>
    words().reduce((rest, word) => rest.replaceAll(word, '[redacted]'), text)

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
    keep,
    redact,
    describe: (thrown) => describe(thrown),
    also: (own) => redactorOf(() => [...own, ...words()], keep),
  }
}

// Not `instanceof Error`: errors come from other realms, and causes are often plain objects.
function read(thing: unknown, name: string): unknown {
  return typeof thing === 'object' && thing !== null ? Reflect.get(thing, name) : undefined
}
