import type { MerchantUid } from '@quayside/core'

const encoder = new TextEncoder()

/** Returns the token that lets a buyer's page read one order. It is derived from the id, so none is stored. */
export async function toOrderToken(merchantUid: MerchantUid, secret: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
  ])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(merchantUid)))
  return toBase64Url(mac)
}

function toBase64Url(bytes: Uint8Array): string {
  const plain = btoa(String.fromCharCode(...bytes))
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
