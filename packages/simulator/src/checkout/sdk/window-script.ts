// Runs in the payment window itself: posts results to the shop's page, and keeps the keyboard focus inside.
import { readMessage } from './read-message.ts'

/** Installs the handlers of a page of the window. */
export function installWindowScript(page: Window): void {
  const main = page.document.querySelector('main')
  if (main === null) return
  const { message, origin } = main.dataset
  const shopPage = page.opener ?? page.parent
  if (message !== undefined && shopPage !== page) {
    // A page opened from disk has no origin to address.
    shopPage.postMessage(message, origin === undefined || origin === 'null' ? '*' : origin)
  }
  // The attribute `autofocus` is ignored inside a frame of another origin.
  page.document.querySelector('h1')?.focus()
  page.document.addEventListener('keydown', (event) => {
    const close = page.document.querySelector<HTMLButtonElement>('[data-action="close"]')
    if (event.key === 'Escape') close?.click()
  })
  page.addEventListener('message', (event) => receiveWindowMessage(page, event))
  page.document.addEventListener('submit', (event) => submitOnce(page, event))
}

// After an external payment app, the shop's page posts how that ended.
function receiveWindowMessage(page: Window, event: MessageEvent): void {
  const message = event.source === page.parent ? readMessage(event) : null
  if (message?.action !== 'communicate') return
  const { result } = message.data
  const button = result === 'process' ? 'pay' : result === 'cancel' ? 'cancel' : null
  if (button === null) return
  page.document.querySelector<HTMLButtonElement>(`[data-action="${button}"]`)?.click()
}

// Two presses would be two approvals: after the first one no form is sent.
function submitOnce(page: Window, event: SubmitEvent): void {
  if (page.document.body.dataset.sent !== undefined) event.preventDefault()
  page.document.body.dataset.sent = ''
}
