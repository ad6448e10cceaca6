/**
 * The orders this browser placed, newest first. The return from a phone's payment window carries no
 * order in its address, so the page has to remember.
 */

/**
 * @typedef {object} SavedOrder
 * @property {string} merchant_uid
 * @property {string} order_token
 * @property {string} product
 * @property {number} quantity
 * @property {string} name
 * @property {number} amount
 * @property {string} currency
 * @property {string} created_at
 * @property {string | null} imp_uid known once the payment window reported it
 * @property {string | null} status the last one the payment server gave
 */

const key = 'ongi.orders'
const maxSaved = 20

/** @returns {SavedOrder[]} */
export function savedOrders() {
  try {
    const saved = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(saved) ? saved.filter(isOrder) : []
  } catch {
    // Blocked storage or somebody else's text: this browser knows of no order.
    return []
  }
}

/**
 * Puts an order first, whether new or tried again.
 * @param {SavedOrder} order
 */
export function saveOrder(order) {
  const others = savedOrders().filter((other) => other.merchant_uid !== order.merchant_uid)
  localStorage.setItem(key, JSON.stringify([order, ...others].slice(0, maxSaved)))
}

/**
 * Adds what became known about an order, leaving its place.
 * @param {string} merchant_uid
 * @param {Partial<Pick<SavedOrder, 'imp_uid' | 'status'>>} changes
 */
export function updateOrder(merchant_uid, changes) {
  const orders = savedOrders().map((order) =>
    order.merchant_uid === merchant_uid ? { ...order, ...changes } : order,
  )
  localStorage.setItem(key, JSON.stringify(orders))
}

export function forgetOrders() {
  localStorage.removeItem(key)
}

/**
 * @param {unknown} value
 * @returns {value is SavedOrder}
 */
function isOrder(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    'merchant_uid' in value &&
    typeof value.merchant_uid === 'string' &&
    'order_token' in value &&
    typeof value.order_token === 'string'
  )
}
