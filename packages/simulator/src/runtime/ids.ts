/** The source of a simulator's numbers and tokens. */
export interface Ids {
  /** A new `imp_uid`. */
  readonly impUid: () => string
  /** A new access token: 40 hexadecimal digits. */
  readonly token: () => string
  /** Random decimal digits. */
  readonly digits: (count: number) => string
}

/** What makes ids repeatable. */
export interface IdOptions {
  /** The same seed gives the same ids in the same order. Omitted: unpredictable ids. */
  readonly seed?: number
  /** Replaces the generator of `imp_uid`. */
  readonly newId?: () => string
}

/** Makes the id source of one simulator. */
export function createIds({ seed, newId }: IdOptions): Ids {
  const random = seed === undefined ? unpredictable : seeded(seed)
  const from = (alphabet: string, count: number) =>
    Array.from({ length: count }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
  return {
    impUid: newId ?? (() => `imp_${from('0123456789', 12)}`),
    token: () => from('0123456789abcdef', 40),
    digits: (count) => from('0123456789', count),
  }
}

function unpredictable(): number {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1))
  return value / 2 ** 32
}

// A linear congruential step with Knuth's constants, in BigInt so that no bit is lost. An even spread is
// enough: with a seed nothing here is a secret.
function seeded(seed: number): () => number {
  let state = BigInt.asUintN(64, BigInt(Math.trunc(seed)))
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n)
    return Number(state >> 32n) / 2 ** 32
  }
}
