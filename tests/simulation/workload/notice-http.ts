import type { NoticeResponse } from '../systems/system.ts'
import type { NamedNotice } from './notices.ts'

export const shopOrigin = 'https://shop.example'
export const resultPages = `${shopOrigin}/result`

/** The order status of each response status and result page, where it is a single one. */
const statusOfResult: Readonly<Record<string, NoticeResponse['status']>> = {
  success: 'paid',
  vbankIssued: 'vbank_issued',
  failed: 'failed',
  cancelled: 'cancelled',
  partiallyCancelled: 'partially_cancelled',
  pending: 'pending',
  forgery: 'forgery',
  // The pages for a failure and for a cancel stand for several statuses each.
  [`${resultPages}/success`]: 'paid',
  [`${resultPages}/vbank`]: 'vbank_issued',
  [`${resultPages}/pending`]: 'pending',
}

/** The HTTP request by which a channel sends a notice. */
export function toRequest(notice: NamedNotice): Request {
  const { channel, impUid, merchantUid, claimedStatus } = notice
  const fields = { imp_uid: impUid, merchant_uid: merchantUid, status: claimedStatus ?? 'paid' }
  const form = new URLSearchParams(fields).toString()
  switch (channel) {
    case 'redirect':
      return new Request(`${shopOrigin}/payments/redirect?${form}`)
    case 'callback':
      return post('complete', 'application/json', JSON.stringify(fields))
    case 'webhook':
      // The merchant chooses one of the two in the provider's console.
      return impUid.startsWith('imp_1')
        ? post('webhook', 'application/x-www-form-urlencoded', form)
        : post('webhook', 'application/json; charset=utf-8', JSON.stringify(fields))
  }
}

/** Reads the response to a notice. Only a callback's response has a body with a status. */
export function readNoticeResponse(
  channel: NamedNotice['channel'],
  response: Response,
  text: string,
): NoticeResponse {
  const { status: code, headers } = response
  switch (channel) {
    case 'webhook':
      // The provider reads the HTTP status alone, and the body holds no status of the order.
      return { code, status: null }
    case 'redirect':
      return { code, status: statusOfResult[headers.get('location') ?? ''] ?? null }
    case 'callback': {
      const { status }: { status: unknown } = JSON.parse(text)
      return { code, status: statusOfResult[String(status)] ?? null }
    }
  }
}

/** A POST request, as the shop's own page sends it. */
export function post(route: string, mediaType: string, body: string): Request {
  const headers = { 'content-type': mediaType, origin: shopOrigin }
  return new Request(`${shopOrigin}/payments/${route}`, { method: 'POST', headers, body })
}
