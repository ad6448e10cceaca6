import { fill, localTimeText, priceText, resultUrl, viewOf, viewOfOrder } from './format.js'
import { readOrderStatus } from './order-status.js'
import { deleteSavedOrders, savedOrders, updateOrder } from './saved-orders.js'

/** @typedef {import('./saved-orders.js').SavedOrder} SavedOrder */

const refreshMs = 20_000

for (const root of document.querySelectorAll('[data-orders]')) {
  if (root instanceof HTMLElement) start(root)
}

/** @param {HTMLElement} root */
function start(root) {
  const rows = savedOrders().map((order) => ({ order, row: addRow(root, order) }))
  reveal(root, '[data-none]', rows.length === 0)
  reveal(root, '[data-some]', rows.length > 0)

  const refresh = async () => {
    const workerUrl = root.dataset.workerUrl ?? ''
    const results = await Promise.all(rows.map(({ order, row }) => update(workerUrl, order, row)))
    reveal(root, '[data-stale]', results.includes('unreachable'))
  }
  root.querySelector('[data-delete]')?.addEventListener('click', ({ currentTarget }) => {
    const question =
      currentTarget instanceof HTMLElement ? currentTarget.dataset.confirm : undefined
    if (!window.confirm(question)) return
    deleteSavedOrders()
    location.reload()
  })
  if (rows.length === 0) return
  window.setInterval(() => {
    if (document.visibilityState === 'visible') void refresh()
  }, refreshMs)
  void refresh()
}

/**
 * @param {HTMLElement} root
 * @param {SavedOrder} order
 * @returns {Element | null}
 */
function addRow(root, order) {
  const template = root.querySelector('template')
  const list = root.querySelector('[data-rows]')
  const copy = template?.content.cloneNode(true)
  if (!(copy instanceof DocumentFragment) || !list) return null
  fill(copy, 'name', order.name)
  fill(copy, 'order', order.merchant_uid)
  fill(copy, 'amount', priceText(order.amount, order.currency))
  fill(copy, 'when', localTimeText(order.created_at))
  const link = copy.querySelector('a')
  if (link) link.href = resultUrl(viewOf(order.status ?? 'pending'), order.merchant_uid)
  label(copy, order.status === null ? 'checking' : viewOf(order.status))
  list.append(copy)
  return list.lastElementChild
}

/**
 * @param {string} workerUrl
 * @param {SavedOrder} order
 * @param {Element | null} row
 * @returns {Promise<string>}
 */
async function update(workerUrl, order, row) {
  const result = await readOrderStatus(workerUrl, order)
  const status = typeof result === 'string' ? result : result.status
  if (typeof result !== 'string') updateOrder(order.merchant_uid, { status })
  if (row) label(row, typeof result === 'string' ? viewOf(result) : viewOfOrder(result))
  if (row instanceof HTMLElement) reveal(row, '[data-shipped]', await isShipped(order))
  return status
}

/**
 * Whether the shop has shipped the goods. The shop's own server knows it, from an event that arrives
 * shortly after the payment.
 * @param {SavedOrder} order
 * @returns {Promise<boolean>}
 */
async function isShipped({ merchant_uid }) {
  try {
    const response = await fetch(`/api/shipments/${encodeURIComponent(merchant_uid)}`)
    const { is_shipped } = await response.json()
    return is_shipped === true
  } catch {
    // Read again with the next refresh.
    return false
  }
}

/**
 * @param {ParentNode} row
 * @param {string} name
 */
function label(row, name) {
  for (const text of row.querySelectorAll('[data-label]')) {
    if (text instanceof HTMLElement) text.hidden = text.dataset.label !== name
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 * @param {boolean} shown
 */
function reveal(root, selector, shown) {
  const part = root.querySelector(selector)
  if (part instanceof HTMLElement) part.hidden = !shown
}
