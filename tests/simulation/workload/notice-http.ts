import type { LookupNotice } from '@quayside/core'
import type { Reply } from '../systems/system.ts'

export const shop = 'https://shop.example'
export const resultPages = `${shop}/result`

/** The words of the answers as the oracle has them; null where one word stands for several states. */
const words: Readonly<Record<string, Reply['word']>> = {
  success: 'paid',
  vbankIssued: 'vbank_issued',
  failed: 'failed',
  cancelled: 'cancelled',
  partiallyCancelled: 'partially_cancelled',
  pending: 'pending',
  forgery: 'forgery',
  // The pages for a failure and for a cancel stand for several states each.
  [`${resultPages}/success`]: 'paid',
  [`${resultPages}/vbank`]: 'vbank_issued',
  [`${resultPages}/pending`]: 'pending',
}

/** A notice as its channel brings it. */
export function toRequest(notice: LookupNotice): Request {
  const { channel, impUid, merchantUid, claimedStatus } = notice
  const fields = { imp_uid: impUid, merchant_uid: merchantUid, status: claimedStatus ?? 'paid' }
  const form = new URLSearchParams(fields).toString()
  switch (channel) {
    case 'redirect':
      return new Request(`${shop}/payments/redirect?${form}`)
    case 'callback':
      return post('complete', 'application/json', JSON.stringify(fields))
    case 'webhook':
      // The console lets a merchant choose between the two.
      return impUid.startsWith('imp_1')
        ? post('webhook', 'application/x-www-form-urlencoded', form)
        : post('webhook', 'application/json; charset=utf-8', JSON.stringify(fields))
  }
}

/** What a channel was told. Only a callback's answer has a body that says it. */
export function readReply(
  channel: LookupNotice['channel'],
  response: Response,
  text: string,
): Reply {
  const { status: code, headers } = response
  switch (channel) {
    case 'webhook':
      // It says nothing of the order; the provider reads its status alone.
      return { code, word: null }
    case 'redirect':
      return { code, word: words[headers.get('location') ?? ''] ?? null }
    case 'callback': {
      const { status }: { status: unknown } = JSON.parse(text)
      return { code, word: words[String(status)] ?? null }
    }
  }
}

/** A post to a door, as the shop's own page sends it. */
export function post(door: string, mediaType: string, body: string): Request {
  const headers = { 'content-type': mediaType, origin: shop }
  return new Request(`${shop}/payments/${door}`, { method: 'POST', headers, body })
}
