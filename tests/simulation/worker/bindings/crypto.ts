import { createHash, createHmac } from 'node:crypto'

/**
 * Makes digests and signatures resolve at once. The runtime makes them on another thread, at a time that no seed
 * decides: a schedule that waited for them could not be repeated.
 */
export function makeCryptoPrompt(): void {
  const secrets = new WeakMap<object, Uint8Array>()
  const methods = {
    digest: async (_: string, data: Uint8Array) => toBuffer(createHash('sha256').update(data)),
    importKey: async (_: string, secret: Uint8Array) => {
      const key = {}
      secrets.set(key, secret)
      return key
    },
    sign: async (_: string, key: object, data: Uint8Array) =>
      toBuffer(createHmac('sha256', secrets.get(key) ?? '').update(data)),
  }
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(crypto.subtle, name, { value, configurable: true })
  }
}

function toBuffer(hash: { digest(): Uint8Array }): ArrayBuffer {
  return new Uint8Array(hash.digest()).buffer
}
