/**
 * Where this browser goes on after a window that is not about an order. A phone leaves the page for the window, and comes back
 * to a result page whose address names nothing.
 */

const key = 'ongi.return'

/**
 * Saves the page on which a phone goes on; null for the result of the order that is paid now.
 * @param {string | null} page
 */
export function saveReturn(page) {
  try {
    if (page === null) localStorage.removeItem(key)
    else localStorage.setItem(key, page)
  } catch {
    // Without storage only a phone loses its way: it sees the orders of this browser.
  }
}

/**
 * The page to go on with, once; null for the result of an order.
 * @returns {string | null}
 */
export function takeReturn() {
  try {
    const page = localStorage.getItem(key)
    localStorage.removeItem(key)
    return page?.startsWith('/') && !page.startsWith('//') ? page : null
  } catch {
    return null
  }
}
