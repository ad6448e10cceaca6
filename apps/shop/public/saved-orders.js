/**
 * The orders of this browser, newest first. The URL to which a phone returns from the payment window does
 * not contain the order, so the browser has to save it.
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
 * @property {string | null} imp_uid set once the payment window has returned it
 * @property {string | null} status the last status from the payment server
 * @property {boolean} [retried] whether it had failed before its last attempt
 */

const key = 'ongi.orders'
const maxSaved = 20

/** @returns {SavedOrder[]} */
export function savedOrders() {
  try {
    const saved = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(saved) ? saved.filter(isOrder) : []
  } catch {
    // Blocked storage or invalid content counts as no saved order.
    return []
  }
}

/**
 * Saves an order in first place, new or not.
 * @param {SavedOrder} order
 */
export function saveOrder(order) {
  const others = savedOrders().filter((other) => other.merchant_uid !== order.merchant_uid)
  localStorage.setItem(key, JSON.stringify([order, ...others].slice(0, maxSaved)))
}

/**
 * Updates an order in its place.
 * @param {string} merchant_uid
 * @param {Partial<Pick<SavedOrder, 'imp_uid' | 'status'>>} changes
 */
export function updateOrder(merchant_uid, changes) {
  const orders = savedOrders().map((order) =>
    order.merchant_uid === merchant_uid ? { ...order, ...changes } : order,
  )
  localStorage.setItem(key, JSON.stringify(orders))
}

export function deleteSavedOrders() {
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
