const encoder = new TextEncoder()
const length = 20
const base = 36n

/**
 * Returns the `customer_id` that PGs get for a customer: the same for each of its keys, 20 letters and digits, as the
 * strictest of them demands. The merchant's own id may have any characters, and may be a name.
 */
export async function toPgCustomerId(customerId: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', encoder.encode(`customer:${customerId}`))
  const number = new Uint8Array(hash).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  return (number % base ** BigInt(length)).toString(36).padStart(length, '0')
}
