import type { MerchantUid } from '@quayside/core'
import type { Config } from '../config/config.ts'
import { isAnySecret } from '../secret.ts'

type TokenSettings = Pick<Config, 'orderTokenSecrets' | 'orderTokenDays'>

const encoder = new TextEncoder()
const dayMs = 24 * 60 * 60_000

/**
 * Returns the token that lets a buyer's page read one order: the day it is issued on, counted from 1970, and the MAC of day
 * and id under the first secret, `20785-…`. It is derived, so none is stored, and the same all day.
 */
export async function toOrderToken(
  merchantUid: MerchantUid,
  { orderTokenSecrets: [secret] }: TokenSettings,
  now: Date,
): Promise<string> {
  return sign(merchantUid, toDay(now), secret)
}

/** Whether a token is of this order, of one of the secrets, and not too old. */
export async function isOrderToken(
  token: string,
  merchantUid: MerchantUid,
  { orderTokenSecrets, orderTokenDays }: TokenSettings,
  now: Date,
): Promise<boolean> {
  const day = Number(/^(\d{1,6})-/.exec(token)?.[1] ?? Number.NaN)
  const age = toDay(now) - day
  // The clock of the instance that issued it may be a little ahead.
  if (!(age >= -1 && age <= orderTokenDays)) return false
  const expected = orderTokenSecrets.map((secret) => sign(merchantUid, day, secret))
  return isAnySecret(token, await Promise.all(expected))
}

function toDay(now: Date): number {
  return Math.floor(now.getTime() / dayMs)
}

async function sign(merchantUid: MerchantUid, day: number, secret: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const bytes = encoder.encode(secret)
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${day}:${merchantUid}`))
  return `${day}-${toBase64Url(new Uint8Array(mac))}`
}

function toBase64Url(bytes: Uint8Array): string {
  const plain = btoa(String.fromCharCode(...bytes))
  return plain.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
