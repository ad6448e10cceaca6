const encoder = new TextEncoder()

/**
 * Compares two texts in a time that reveals nothing about either, not even their lengths.
 *
 * `timingSafeEqual` of hono/utils/buffer is not used: it compares the texts themselves as well as their hashes,
 * so it takes longer as soon as an attempt is longer than the secret.
 */
async function isSameSecret(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([digest(a), digest(b)])
  let difference = 0
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0)
  return difference === 0
}

/** Whether a text is one of several secrets; how long it takes does not show which. */
export async function isAnySecret(text: string, secrets: readonly string[]): Promise<boolean> {
  const matches = await Promise.all(secrets.map((secret) => isSameSecret(text, secret)))
  return matches.includes(true)
}

async function digest(secret: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(secret)))
}
