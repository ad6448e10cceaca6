import { type MerchantUid, parseMerchantUid } from '@quayside/core'

const prefix = 'identity'
const letters = 24
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
/** The largest multiple of the alphabet in a byte: what is above would make some letters more likely. */
const usableBytes = 252

/** Whether an id has the shape of the ids of identity verifications. No order has one. */
export function isVerificationId(id: string): boolean {
  return /^identity[0-9a-z]{24}$/.test(id)
}

/**
 * Draws the id of a verification, which is the `merchant_uid` of its window: 124 random bits, because whoever knows it
 * could present a verification of their own for it. Letters and digits only, as `kcp_v2` requires.
 */
export function drawVerificationId(): MerchantUid {
  let text = prefix
  while (text.length < prefix.length + letters) {
    const [byte = usableBytes] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < usableBytes) text += alphabet.charAt(byte % alphabet.length)
  }
  const id = parseMerchantUid(text)
  if (!id.ok) throw new TypeError('An id is outside its grammar')
  return id.value
}
