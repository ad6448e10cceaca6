import { resultUrl, saysBuyerCancelled, viewOf } from './format.js'
import { askAboutOpenOrder } from './open-order.js'
import { complete, readOrder, readOrderStatus } from './order-status.js'
import { pay as payWithAxios } from './pay-with-axios.js'
import { pay as payWithFetch } from './pay-with-fetch.js'
import { pay as payWithJquery } from './pay-with-jquery.js'
import { pay as payWithQuayside } from './pay-with-quayside.js'
import { savedOrders, saveOrder, updateOrder } from './saved-orders.js'
import { saveReturn } from './saved-return.js'

/** @typedef {import('./saved-orders.js').SavedOrder} SavedOrder */

/** @type {Readonly<Record<string, typeof payWithFetch>>} */
const payFunctions = {
  jquery: payWithJquery,
  axios: payWithAxios,
  fetch: payWithFetch,
  quayside: payWithQuayside,
}

const pollMs = 5_000

/** The statuses of an order that needs no payment any more. Any other, also one of a newer payment server, may need one. */
const closed = ['success', 'cancelled', 'partiallyCancelled']

/**
 * The order whose window was closed on this page without a payment: the next attempt continues it.
 * @type {string | null}
 */
let refusedOrder = null

for (const form of document.querySelectorAll('form')) {
  if (form.matches('[data-checkout]')) setUp(form)
}

/** @param {HTMLFormElement} form */
function setUp(form) {
  const { workerUrl = '', userCode = '' } = form.dataset
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    startPayment(form, workerUrl).catch(() => fail(form, form.dataset.errorStorage))
  })
  form.addEventListener('input', () => showTotal(form))
  // A page restored by the back button would still have its pay button disabled.
  window.addEventListener('pageshow', () => {
    resetButton(form)
    showTotal(form)
    showRecentOrder(form)
  })
  window.IMP?.init(userCode)
}

/**
 * @param {HTMLFormElement} form
 * @param {string} workerUrl
 */
async function startPayment(form, workerUrl) {
  const button = payButton(form)
  if (button.disabled) return
  showBusy(form)
  if (!window.IMP) return fail(form, form.dataset.errorScript)

  const order = await openOrder(form, workerUrl)
  if (order === null) return resetButton(form)
  if (typeof order === 'string') return fail(form, order)
  if (order.status !== null) return openResult(viewOf(order.status), order.merchant_uid)
  saveOrder(order)
  saveReturn(null)

  const { merchant_uid, name, amount, currency } = order
  const { client, ...chosen } = readForm(form)
  const request = {
    ...chosen,
    merchant_uid,
    name,
    amount,
    currency,
    language: document.documentElement.lang,
    // A phone leaves this page for the payment window and comes back through the payment server.
    m_redirect_url: `${workerUrl}/payments/redirect`,
  }
  showWindowOpen(form, merchant_uid)
  const stopPolling = pollOrder(workerUrl, order)
  const pay = payFunctions[client] ?? payWithFetch
  pay(request, `${workerUrl}/payments/complete`, {
    userCode: form.dataset.userCode ?? '',
    token: order.order_token,
    showResult: (outcome) => {
      stopPolling()
      openResult(outcome, merchant_uid)
    },
    showRefusal: (rsp) => {
      stopPolling()
      void refused(form, workerUrl, order, rsp)
    },
    showFailure: (message) => {
      stopPolling()
      offerAnotherTry(form, merchant_uid, message)
    },
  })
}

/**
 * The order to pay: an earlier order of the same basket, so that a second attempt cannot become a second payment, or a
 * new one. With a status it is shown instead of paid. A string is the message of a failure; null when the buyer
 * decided to do nothing.
 * @param {HTMLFormElement} form
 * @param {string} workerUrl
 * @returns {Promise<SavedOrder | string | null>}
 */
async function openOrder(form, workerUrl) {
  const basket = basketOf(form)
  const { currency, errorOffline = '' } = form.dataset
  const amount = Number(chosenQuantity(form).dataset.amount)
  const tried = savedOrders().find(
    (order) =>
      order.product === basket.product &&
      order.quantity === basket.quantity &&
      order.amount === amount &&
      order.currency === currency &&
      !closed.includes(order.status ?? 'pending'),
  )
  if (!tried) return placeOrder(form, basket)
  const result = await readOrderStatus(workerUrl, tried)
  if (result === 'unreachable') return errorOffline
  if (result === 'unknown') return placeOrder(form, basket)
  const status = result === 'forgery' ? 'pending' : result.status
  if (status === 'failed' && typeof result !== 'string') {
    // An order whose account has expired cannot be paid any more.
    const isExpired = result.virtual_account !== null
    return isExpired
      ? placeOrder(form, basket)
      : { ...tried, imp_uid: null, status: null, retried: true }
  }
  if (status === 'pending' && tried.merchant_uid === refusedOrder) {
    return { ...tried, imp_uid: null, status: null }
  }
  if (status !== 'pending' && status !== 'vbankIssued') return { ...tried, status }
  return decide(form, basket, { ...tried, status })
}

/**
 * Asks the buyer what to do about an open order of the same basket.
 * @param {HTMLFormElement} form
 * @param {{ product: string, quantity: number }} basket
 * @param {SavedOrder} order
 * @returns {Promise<SavedOrder | string | null>}
 */
async function decide(form, basket, order) {
  switch (await askAboutOpenOrder(order)) {
    case 'see':
      return order
    case 'continue':
      return { ...order, status: null }
    case 'another':
      return placeOrder(form, { ...basket, start_another: true })
    default:
      return null
  }
}

/**
 * Creates the order at the shop's own server, which sets the price.
 * @param {HTMLFormElement} form
 * @param {{ product: string, quantity: number, start_another?: boolean }} requested
 * @returns {Promise<SavedOrder | string | null>}
 */
async function placeOrder(form, requested) {
  try {
    const response = await fetch('/api/orders', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(requested),
    })
    const result = await response.json()
    const { product, quantity } = requested
    const saved = { product, quantity, created_at: new Date().toISOString(), imp_uid: null }
    if (response.ok) return { ...saved, ...result, status: null }
    if (result.error !== 'order_open') return result.message
    // This browser had forgotten it.
    const order = { ...saved, ...result.order, status: result.status }
    saveOrder(order)
    return await decide(form, requested, order)
  } catch {
    return form.dataset.errorOffline ?? ''
  }
}

/**
 * Polls the order while the payment window is open. A window that never calls back would cover this page
 * for ever; the payment server learns of the payment by webhook too.
 * @param {string} workerUrl
 * @param {SavedOrder} order
 * @returns {() => void} stops the polling
 */
function pollOrder(workerUrl, order) {
  const timer = window.setInterval(() => void goIfPaid(workerUrl, order), pollMs)
  return () => window.clearInterval(timer)
}

/**
 * @param {string} workerUrl
 * @param {SavedOrder} order
 */
async function goIfPaid(workerUrl, order) {
  const result = await readOrderStatus(workerUrl, order)
  if (typeof result === 'string') return
  if (result.status !== 'success' && result.status !== 'vbankIssued') return
  updateOrder(order.merchant_uid, { status: result.status })
  openResult(viewOf(result.status), order.merchant_uid)
}

/**
 * The window's refusal proves nothing: a payment may have been approved a moment after it. Another attempt is offered
 * only when the payment server knows that nothing was paid; until then the page waits.
 * @param {HTMLFormElement} form
 * @param {string} workerUrl
 * @param {SavedOrder} order
 * @param {IamportResponse} rsp
 */
async function refused(form, workerUrl, order, rsp) {
  const { merchant_uid } = order
  // Saved first: if a request below fails, the result page repeats it.
  if (rsp.imp_uid) updateOrder(merchant_uid, { imp_uid: rsp.imp_uid })
  // A window that names no payment has refused. Whether that says "already paid" the payment server knows.
  const claim = rsp.imp_uid ? rsp : { ...rsp, success: false }
  const reported = await complete(workerUrl, { ...claim, merchant_uid })
  const result = await readOrder(workerUrl, order)
  const status = typeof result === 'string' ? 'pending' : result.status
  const isOpen = typeof result !== 'string' && (status === 'pending' || status === 'failed')
  if (!isOpen || reported !== 'failed') {
    // An order that failed before does not say that this payment did.
    return openResult(status === 'failed' ? 'pending' : viewOf(status), merchant_uid)
  }
  offerAnotherTry(form, merchant_uid, rsp.error_msg)
}

/**
 * The payment server knows that nothing was paid: the next attempt continues the order.
 * @param {HTMLFormElement} form
 * @param {string} merchant_uid
 * @param {string | null | undefined} message the words of the PG
 */
function offerAnotherTry(form, merchant_uid, message) {
  refusedOrder = merchant_uid
  updateOrder(merchant_uid, { imp_uid: null })
  // The buyer's own decision is no error.
  if (saysBuyerCancelled(message)) return leave(form)
  fail(form, message || form.dataset.errorRefused)
}

/**
 * @param {string} outcome
 * @param {string} merchant_uid
 */
function openResult(outcome, merchant_uid) {
  location.assign(resultUrl(outcome, merchant_uid))
}

/** @param {HTMLFormElement} form */
function readForm(form) {
  const data = new FormData(form)
  const text = (/** @type {string} */ name) => {
    const value = data.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  return {
    client: text('client'),
    pg: text('pg'),
    pay_method: text('pay_method'),
    buyer_name: text('buyer_name'),
    buyer_email: text('buyer_email'),
    buyer_tel: text('buyer_tel'),
  }
}

/** @param {HTMLFormElement} form */
function basketOf(form) {
  const { product = '' } = form.dataset
  return { product, quantity: Number(chosenQuantity(form).value) }
}

/** @param {HTMLFormElement} form */
function payButton(form) {
  const button = form.querySelector('button[data-pay]')
  if (button instanceof HTMLButtonElement) return button
  throw new TypeError('The checkout form has no pay button')
}

/** @param {HTMLFormElement} form */
function chosenQuantity(form) {
  const option = form.querySelector('select[name="quantity"]')
  const chosen = option instanceof HTMLSelectElement ? option.selectedOptions[0] : undefined
  if (chosen) return chosen
  throw new TypeError('The checkout form has no quantity')
}

/** @param {HTMLFormElement} form */
function showTotal(form) {
  const total = form.querySelector('output')
  if (total) total.textContent = chosenQuantity(form).dataset.total ?? ''
}

/** @param {HTMLFormElement} form */
function showRecentOrder(form) {
  const done = savedOrders().find(
    ({ product, status }) =>
      product === form.dataset.product && (status === 'success' || status === 'vbankIssued'),
  )
  const notice = document.querySelector('[data-recent-order]')
  const link = document.querySelector('a[data-recent-order-link]')
  if (notice instanceof HTMLElement) notice.hidden = !done
  if (done && link instanceof HTMLAnchorElement) {
    link.href = resultUrl(viewOf(done.status ?? ''), done.merchant_uid)
  }
}

/** @param {HTMLFormElement} form */
function showBusy(form) {
  const button = payButton(form)
  button.disabled = true
  button.dataset.label = button.textContent ?? ''
  button.textContent = button.dataset.busy ?? ''
  button.setAttribute('aria-busy', 'true')
  showError(form, '')
  showLeft(form, false)
}

/** @param {HTMLFormElement} form */
function resetButton(form) {
  const button = payButton(form)
  button.disabled = false
  if (button.dataset.label) button.textContent = button.dataset.label
  button.removeAttribute('aria-busy')
  const open = form.querySelector('[data-window-open]')
  if (open instanceof HTMLElement) open.hidden = true
}

/** @param {HTMLFormElement} form */
function leave(form) {
  resetButton(form)
  showLeft(form, true)
  payButton(form).focus()
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} hasLeft
 */
function showLeft(form, hasLeft) {
  const left = form.querySelector('[data-left]')
  if (left instanceof HTMLElement) left.hidden = !hasLeft
}

/**
 * @param {HTMLFormElement} form
 * @param {string | undefined} message
 */
function fail(form, message) {
  resetButton(form)
  showError(form, message ?? '')
  payButton(form).focus()
}

/**
 * @param {HTMLFormElement} form
 * @param {string} message
 */
function showError(form, message) {
  const box = form.querySelector('[data-error]')
  const text = form.querySelector('[data-error-text]')
  if (box instanceof HTMLElement) box.hidden = message === ''
  if (text) text.textContent = message
}

/**
 * @param {HTMLFormElement} form
 * @param {string} merchant_uid
 */
function showWindowOpen(form, merchant_uid) {
  const open = form.querySelector('[data-window-open]')
  const link = open?.querySelector('a')
  if (open instanceof HTMLElement) open.hidden = false
  if (link) link.href = resultUrl('pending', merchant_uid)
}
