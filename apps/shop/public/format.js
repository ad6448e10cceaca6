/** How amounts, times and statuses are shown. Whatever came from outside ends in a text node. */

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
 * Korean banks close by Korean time, wherever the buyer is.
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
 * The view or label that shows a status; a word not known yet is shown as still open.
 * @param {string} status
 */
export function viewOf(status) {
  return views[status] ?? 'pending'
}

/** The result pages that have an address of their own; the first one fits whatever is still open. */
const addresses = ['pending', 'success', 'vbank', 'failed', 'cancelled']

/**
 * The address of an order's result. Its word only opens the page, which asks the server again.
 * @param {string} view
 * @param {string} merchant_uid
 */
export function resultUrl(view, merchant_uid) {
  const outcome = view === 'partly' ? 'cancelled' : view
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
