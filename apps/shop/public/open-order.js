import { fill, priceText, viewOf } from './format.js'

/** @typedef {import('./saved-orders.js').SavedOrder} SavedOrder */

/**
 * Shows an open order of the same basket, and asks what to do about it.
 * @param {SavedOrder} order
 * @returns {Promise<string>} `see`, `continue`, `another`, or anything else for nothing
 */
export function askAboutOpenOrder(order) {
  const dialog = document.querySelector('dialog[data-open-order]')
  if (!(dialog instanceof HTMLDialogElement)) {
    throw new TypeError('The page cannot ask about an open order')
  }
  fill(dialog, 'name', order.name)
  fill(dialog, 'amount', priceText(order.amount, order.currency))
  fill(dialog, 'order', order.merchant_uid)
  const view = viewOf(order.status ?? 'pending')
  for (const text of dialog.querySelectorAll('[data-open-text]')) {
    if (text instanceof HTMLElement) text.hidden = text.dataset.openText !== view
  }
  for (const button of dialog.querySelectorAll('button')) {
    button.onclick = () => dialog.close(button.value)
    // A payment of the order is known, or an account: it is waited for, not paid again.
    if (button.value === 'continue') button.hidden = order.imp_uid !== null || view !== 'pending'
  }
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true })
  })
}
