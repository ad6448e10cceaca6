/** Why a secret protects nothing. */
export type Weakness = 'published' | 'guessable'

/** Values of documentation: ours, and that of Standard Webhooks. */
const published = new Set([
  'a-key-of-the-merchant',
  'a-secret-for-order-tokens',
  'simulator-key',
  'simulator-secret',
  'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
])

/** Random text has one of these less than once in ten thousand keys. */
const words =
  /secret|password|passwd|change|example|sample|merchant|quayside|portone|iamport|12345|qwerty|abcdef/i
const minDistinct = 6

/** Returns why a secret is weak; null for one that may be random. */
export function findWeakness(secret: string): Weakness | null {
  if (published.has(secret)) return 'published'
  const text = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64').toString('latin1')
    : secret
  return words.test(text) || new Set(text).size < minDistinct ? 'guessable' : null
}
