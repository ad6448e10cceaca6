import { complete } from './order-status.js'
import { saveReturn } from './saved-return.js'

/** @typedef {{ customer_uid: string, registration_id: string, window: Readonly<Record<string, unknown>> }} BegunCard */

for (const form of document.querySelectorAll('form')) {
  if (form.matches('[data-subscribe]')) setUp(form)
}

/** @param {HTMLFormElement} form */
function setUp(form) {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    registerCard(form).catch(() => fail(form, form.dataset.errorOffline))
  })
  // A page restored by the back button would still have its button disabled.
  window.addEventListener('pageshow', () => {
    resetButton(form)
    void showSubscribed()
  })
  window.IMP?.init(form.dataset.userCode ?? '')
}

/** @param {HTMLFormElement} form */
async function registerCard(form) {
  const button = payButton(form)
  if (button.disabled) return
  showBusy(form)
  if (!window.IMP) return fail(form, form.dataset.errorScript)
  const data = new FormData(form)
  const text = (/** @type {string} */ name) => {
    const value = data.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const begun = await begin(form.dataset.plan ?? '', text('pg'))
  if (typeof begun === 'string') return fail(form, begun)
  saveReturn(pageOfCard(begun))
  const workerUrl = form.dataset.workerUrl ?? ''
  const request = {
    ...begun.window,
    buyer_name: text('buyer_name'),
    buyer_email: text('buyer_email'),
    buyer_tel: text('buyer_tel'),
    language: document.documentElement.lang,
    m_redirect_url: `${workerUrl}/payments/redirect`,
  }
  window.IMP.request_pay(request, (rsp) => void finish(form, workerUrl, begun, rsp))
}

/**
 * Whatever the window says, the payment server looks the registration up. Only what it calls failed is failed: a card may be
 * registered although the window said no.
 * @param {HTMLFormElement} form
 * @param {string} workerUrl
 * @param {BegunCard} begun
 * @param {IamportResponse} rsp
 */
async function finish(form, workerUrl, begun, rsp) {
  saveReturn(null)
  const claim = rsp.imp_uid ? rsp : { ...rsp, success: false }
  const status = await complete(workerUrl, { ...claim, merchant_uid: begun.registration_id })
  if (status === 'failed') return fail(form, rsp.error_msg || form.dataset.errorRefused)
  location.assign(pageOfCard(begun))
}

/** @param {BegunCard} begun */
function pageOfCard({ customer_uid }) {
  return `/subscription?card=${encodeURIComponent(customer_uid)}`
}

/**
 * @param {string} plan
 * @param {string} pg
 * @returns {Promise<BegunCard | string>} a string is the message of a failure
 */
async function begin(plan, pg) {
  const response = await fetch('/api/subscription/card', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ plan, pg }),
  })
  const body = await response.json()
  return response.ok ? body : body.message
}

/** Tells a subscriber that a new card takes the place of the old one. */
async function showSubscribed() {
  try {
    const response = await fetch('/api/subscription', { cache: 'no-store' })
    const { subscription } = await response.json()
    const isOver = !subscription || ['cancelled', 'ended'].includes(subscription.status)
    const notice = document.querySelector('[data-subscribed]')
    if (notice instanceof HTMLElement) notice.hidden = !response.ok || isOver
  } catch {
    // Without a response there is nothing to tell; the form says so when it is sent.
  }
}

/** @param {HTMLFormElement} form */
function payButton(form) {
  const button = form.querySelector('button[data-pay]')
  if (button instanceof HTMLButtonElement) return button
  throw new TypeError('The form has no button')
}

/** @param {HTMLFormElement} form */
function showBusy(form) {
  const button = payButton(form)
  button.disabled = true
  button.dataset.label = button.textContent ?? ''
  button.textContent = button.dataset.busy ?? ''
  button.setAttribute('aria-busy', 'true')
  showError(form, '')
}

/** @param {HTMLFormElement} form */
function resetButton(form) {
  const button = payButton(form)
  button.disabled = false
  if (button.dataset.label) button.textContent = button.dataset.label
  button.removeAttribute('aria-busy')
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
