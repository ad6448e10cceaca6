/** How amounts, times and statuses are shown. Data from outside is written to text nodes only. */

const korean = document.documentElement.lang === 'ko'
const locale = korean ? 'ko-KR' : 'en-US'

/**
 * @param {number} amount
 * @param {string} currency
 */
export function priceText(amount, currency) {
  if (korean && currency === 'KRW') return `${amount.toLocaleString(locale)}원`
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
}

/**
 * When something happened, in the time of the buyer's device.
 * @param {string} instant ISO 8601
 */
export function localTimeText(instant) {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(instant),
  )
}

/**
 * Due dates of Korean banks are in Korean time, wherever the buyer is.
 * @param {string} instant ISO 8601
 */
export function timeText(instant) {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Seoul',
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(new Date(instant))
}

/** @type {Readonly<Record<string, string>>} */
const views = {
  success: 'success',
  vbankIssued: 'vbank',
  failed: 'failed',
  cancelled: 'cancelled',
  partiallyCancelled: 'partly',
  pending: 'pending',
  unknown: 'unknown',
  unreachable: 'unreachable',
  forgery: 'forgery',
}

/**
 * The view or label for a status; an unknown status is shown as pending.
 * @param {string} status
 */
export function viewOf(status) {
  return views[status] ?? 'pending'
}

/**
 * The view for an order. One that failed after an account was issued for it has expired: its deposit may still be on
 * the way, so it is not simply paid for again.
 * @param {{ status: string, virtual_account: unknown }} order
 */
export function viewOfOrder({ status, virtual_account }) {
  return status === 'failed' && virtual_account !== null ? 'expired' : viewOf(status)
}

/**
 * Whether a failure is the buyer's own decision. It matters only for what is shown of an order that the payment server
 * knows to be unpaid: the text itself proves nothing.
 * @param {string | null | undefined} text the PG's text
 */
export function saysBuyerCancelled(text) {
  return /사용자가 결제를 취소|\[결제포기\]/.test(text ?? '')
}

/**
 * Views that are shown at the URL of another one.
 * @type {Readonly<Record<string, string>>}
 */
const sharedAddresses = { partly: 'cancelled', expired: 'vbank', left: 'failed' }

/** The result pages that have a URL of their own; the first one serves every other view. */
const addresses = ['pending', 'success', 'vbank', 'failed', 'cancelled']

/**
 * The URL of an order's result. Its last segment only selects the first view; the page then reads the status
 * from the payment server.
 * @param {string} view
 * @param {string} merchant_uid
 */
export function resultUrl(view, merchant_uid) {
  const outcome = sharedAddresses[view] ?? view
  const address = addresses.includes(outcome) ? outcome : addresses[0]
  return `/result/${address}?order=${encodeURIComponent(merchant_uid)}`
}

/**
 * @param {ParentNode} root
 * @param {string} name
 * @param {string | null} text
 */
export function fill(root, name, text) {
  for (const field of root.querySelectorAll(`[data-field="${name}"]`)) {
    field.textContent = text
    const row = field.closest('dl > div')
    if (row instanceof HTMLElement) row.hidden = text === null || text === ''
  }
}
