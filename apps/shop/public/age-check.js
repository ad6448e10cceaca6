import { complete } from './order-status.js'
import { saveReturn } from './saved-return.js'

/** @typedef {{ id: string, certification: Readonly<Record<string, unknown>> }} StartedCheck */

for (const root of document.querySelectorAll('[data-age-check]')) {
  for (const button of root.querySelectorAll('button')) {
    if (root instanceof HTMLElement) setUp(root, button)
  }
}

/**
 * @param {HTMLElement} root
 * @param {HTMLButtonElement} button
 */
function setUp(root, button) {
  const product = root.dataset.ageCheck ?? ''
  const workerUrl = root.closest('form')?.dataset.workerUrl ?? ''
  /**
   * The check whose window was blocked: the next press opens it at once, which a browser allows.
   * @type {StartedCheck | null}
   */
  let started = null

  const refresh = async () => {
    const status = await readStatus(product)
    show(root, status)
    button.hidden = status === 'verified'
    button.disabled = false
    setBusy(button, false)
  }
  button.addEventListener('click', () => {
    setBusy(button, true)
    void verify().catch(() => {
      setBusy(button, false)
      show(root, 'unreachable')
    })
  })
  // A page restored by the back button would still show the status of before.
  window.addEventListener('pageshow', () => void refresh())

  async function verify() {
    const check = started ?? (await start(product))
    started = null
    if (check === null || !window.IMP) {
      setBusy(button, false)
      return show(root, 'unreachable')
    }
    saveReturn(`/checkout/${encodeURIComponent(product)}`)
    window.IMP.certification(check.certification, (rsp) => {
      saveReturn(null)
      // The text of a blocked window; it has opened none.
      if (!rsp.imp_uid) started = check
      // Whatever the window says, the payment server looks the verification up.
      void complete(workerUrl, { ...rsp, merchant_uid: check.id }).then(refresh)
    })
  }
}

/**
 * @param {string} product
 * @returns {Promise<StartedCheck | null>}
 */
async function start(product) {
  const response = await fetch('/api/age-check', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ product }),
  })
  return response.ok ? response.json() : null
}

/**
 * @param {string} product
 * @returns {Promise<string>}
 */
async function readStatus(product) {
  try {
    const response = await fetch(`/api/age-check/${encodeURIComponent(product)}`, {
      cache: 'no-store',
    })
    const { status } = await response.json()
    return response.ok && typeof status === 'string' ? status : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} status
 */
function show(root, status) {
  root.dataset.shown = status
  for (const text of root.querySelectorAll('[data-status]')) {
    if (text instanceof HTMLElement) text.hidden = text.dataset.status !== status
  }
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} isBusy
 */
function setBusy(button, isBusy) {
  if (isBusy === button.hasAttribute('aria-busy')) return
  if (isBusy) {
    button.dataset.label = button.textContent ?? ''
    button.textContent = button.dataset.busy ?? ''
    button.setAttribute('aria-busy', 'true')
  } else {
    button.textContent = button.dataset.label ?? button.textContent
    button.removeAttribute('aria-busy')
  }
}
