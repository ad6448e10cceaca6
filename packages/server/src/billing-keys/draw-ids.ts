import { type MerchantUid, parseMerchantUid } from '@quayside/core'

const letters = '0123456789abcdefghijklmnopqrstuvwxyz'
const length = 22
/** The largest multiple of the number of letters in a byte: what is above would favour the first letters. */
const limit = 252

/** Draws the `merchant_uid` of a window that registers a means of payment. */
export function drawRegistrationId(): MerchantUid {
  const id = parseMerchantUid(`billingkey${draw()}`)
  if (!id.ok) throw new TypeError('A registration id lies outside the grammar')
  return id.value
}

/** Draws the `customer_uid` of a billing key. A new one for each registration, so that none replaces another key. */
export function drawCustomerUid(): string {
  return `ck${draw()}`
}

function draw(): string {
  let text = ''
  while (text.length < length) {
    const bytes = crypto.getRandomValues(new Uint8Array(length))
    for (const byte of bytes.filter((each) => each < limit)) text += letters[byte % letters.length]
  }
  return text.slice(0, length)
}
