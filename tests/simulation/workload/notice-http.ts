import type { LookupNotice } from '@quayside/core'
import type { NoticeResponse } from '../systems/system.ts'

export const shopOrigin = 'https://shop.example'
export const resultPages = `${shopOrigin}/result`

/** The words of the answers as the oracle has them; null where one word stands for several states. */
const statusOfResult: Readonly<Record<string, NoticeResponse['status']>> = {
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
      return new Request(`${shopOrigin}/payments/redirect?${form}`)
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
export function readNoticeResponse(
  channel: LookupNotice['channel'],
  response: Response,
  text: string,
): NoticeResponse {
  const { status: code, headers } = response
  switch (channel) {
    case 'webhook':
      // It says nothing of the order; the provider reads its status alone.
      return { code, status: null }
    case 'redirect':
      return { code, status: statusOfResult[headers.get('location') ?? ''] ?? null }
    case 'callback': {
      const { status }: { status: unknown } = JSON.parse(text)
      return { code, status: statusOfResult[String(status)] ?? null }
    }
  }
}

/** A post to a door, as the shop's own page sends it. */
export function post(route: string, mediaType: string, body: string): Request {
  const headers = { 'content-type': mediaType, origin: shopOrigin }
  return new Request(`${shopOrigin}/payments/${route}`, { method: 'POST', headers, body })
}
