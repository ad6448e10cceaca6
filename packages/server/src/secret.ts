const encoder = new TextEncoder()

/**
 * Compares two texts in a time that reveals nothing about either, not even their lengths.
 *
 * `timingSafeEqual` of hono/utils/buffer is not used: it compares the texts themselves as well as their hashes,
 * so it takes longer as soon as an attempt is longer than the secret.
 */
export async function isSameSecret(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([digest(a), digest(b)])
  let difference = 0
  for (let i = 0; i < left.length; i++) difference |= (left[i] ?? 0) ^ (right[i] ?? 0)
  return difference === 0
}

async function digest(secret: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(secret)))
}
