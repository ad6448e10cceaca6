import {
  fill,
  localTimeText,
  priceText,
  resultUrl,
  saysBuyerCancelled,
  timeText,
  viewOfOrder,
} from './format.js'
import { readOrderStatus } from './order-status.js'
import { savedOrders, updateOrder } from './saved-orders.js'
import { takeReturn } from './saved-return.js'

/** @typedef {import('./saved-orders.js').SavedOrder} SavedOrder */
/** @typedef {import('./order-status.js').OrderResponse} OrderResponse */

const secondMs = 1_000
/** The wait before each next poll; the last one repeats. */
const waitsMs = [1, 2, 3, 5, 8, 13, 20, 30].map((seconds) => seconds * secondMs)
/** The views that may still change without an action of the buyer. */
const open = ['pending', 'unpaid', 'vbank', 'expired', 'failed', 'left', 'unreachable', 'forgery']

for (const root of document.querySelectorAll('[data-result]')) {
  if (root instanceof HTMLElement) start(root)
}

/** @param {HTMLElement} root */
function start(root) {
  const requestedId = new URLSearchParams(location.search).get('order')
  const elsewhere = requestedId === null ? takeReturn() : null
  if (elsewhere !== null) return location.replace(elsewhere)
  const orders = savedOrders()
  const order =
    requestedId === null
      ? orders[0]
      : orders.find(({ merchant_uid }) => merchant_uid === requestedId)
  if (!order) return show(root, 'unknown')
  showSavedOrder(root, order)

  let attempts = 0
  let isLoading = false
  let timer = 0
  const refresh = async () => {
    if (isLoading) return
    isLoading = true
    window.clearTimeout(timer)
    const view = await loadView(root, order).finally(() => {
      isLoading = false
    })
    show(root, view)
    // A reload then starts from the server's status, not from the first URL.
    if (!['unknown', 'unreachable', 'unpaid'].includes(view)) {
      history.replaceState(null, '', resultUrl(view, order.merchant_uid))
    }
    if (open.includes(view))
      timer = window.setTimeout(refresh, waitsMs[attempts++] ?? waitsMs.at(-1))
  }
  for (const button of root.querySelectorAll('[data-check]')) {
    button.addEventListener('click', () => {
      attempts = 0
      void refresh()
    })
  }
  for (const button of root.querySelectorAll('button[data-copy]')) {
    button.addEventListener('click', () => void copy(root, button))
  }
  document.addEventListener('visibilitychange', () => {
    const current = root.dataset.shown ?? 'pending'
    if (document.visibilityState === 'visible' && open.includes(current)) void refresh()
  })
  void refresh()
}

/**
 * Reads the status of the order and fills the page with it.
 * @param {HTMLElement} root
 * @param {SavedOrder} order
 * @returns {Promise<string>} the view to show
 */
async function loadView(root, order) {
  const workerUrl = root.dataset.workerUrl ?? ''
  const result = await readOrderStatus(workerUrl, order)
  if (typeof result === 'string') return result
  updateOrder(order.merchant_uid, { status: result.status })
  showOrder(root, result)
  const view = viewOfOrder(result)
  const { outcome } = root.dataset
  // The order may have failed by the attempt before the one from which this browser returned without a result.
  const isEarlier = view === 'failed' && outcome === 'pending' && order.retried === true
  if (isEarlier || (view === 'pending' && outcome === 'failed')) return 'unpaid'
  return view === 'failed' && saysBuyerCancelled(result.error_msg) ? 'left' : view
}

/**
 * @param {HTMLElement} root
 * @param {SavedOrder} order
 */
function showSavedOrder(root, order) {
  fill(root, 'name', order.name)
  fill(root, 'order', order.merchant_uid)
  fill(root, 'amount', priceText(order.amount, order.currency))
  for (const link of root.querySelectorAll('a[data-link="again"]')) {
    if (link instanceof HTMLAnchorElement)
      link.href = `/checkout/${encodeURIComponent(order.product)}`
  }
}

/**
 * @param {HTMLElement} root
 * @param {OrderResponse} result
 */
function showOrder(root, result) {
  const { amount, currency, cancelled_amount, paid_at, virtual_account: account } = result
  fill(root, 'amount', priceText(amount, currency))
  fill(root, 'cancelled', cancelled_amount ? priceText(cancelled_amount, currency) : null)
  fill(root, 'paid', paid_at === null ? null : localTimeText(paid_at))
  fill(root, 'error', result.error_msg)
  fill(root, 'bank', account?.bank ?? null)
  fill(root, 'number', account?.number ?? null)
  fill(root, 'holder', account?.holder ?? null)
  fill(root, 'due', account?.due_at ? timeText(account.due_at) : null)

  const receipt = result.receipt_url
  for (const link of root.querySelectorAll('a[data-link="receipt"]')) {
    if (!(link instanceof HTMLAnchorElement)) continue
    // The URL comes from the payment provider; a `javascript:` URL would run here.
    link.hidden = receipt === null || !/^https?:\/\//.test(receipt)
    if (!link.hidden && receipt !== null) link.href = receipt
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 */
function show(root, name) {
  if (root.dataset.shown === name) return
  root.dataset.shown = name
  for (const view of root.querySelectorAll('section[data-view]')) {
    if (!(view instanceof HTMLElement)) continue
    view.hidden = view.dataset.view !== name
    if (view.hidden) continue
    const title = view.querySelector('h1')?.textContent ?? ''
    const announce = root.querySelector('[data-announce]')
    if (announce) announce.textContent = title
    document.title = document.title.replace(/^[^·]*/, `${title} `)
  }
}

/**
 * @param {HTMLElement} root
 * @param {Element} button
 */
async function copy(root, button) {
  const number = root.querySelector('[data-field="number"]')
  if (!(button instanceof HTMLElement) || !number) return
  try {
    await navigator.clipboard.writeText(number.textContent ?? '')
    button.textContent = button.dataset.copied ?? ''
  } catch {
    // Without permission to copy, the number is selected, so that the buyer can copy it by keyboard.
    window.getSelection()?.selectAllChildren(number)
  }
}
