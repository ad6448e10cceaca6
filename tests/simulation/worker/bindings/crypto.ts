import { createHash, createHmac } from 'node:crypto'

/**
 * Lets digests and signatures be there at once. The runtime makes them on another thread, where they are done
 * whenever they are done: a schedule that waited for them would not be its seed's alone.
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
