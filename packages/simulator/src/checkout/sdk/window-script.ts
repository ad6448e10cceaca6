/// <reference lib="dom" />
// Runs in the payment window itself: hands results to the shop's page, and keeps the keyboard at home.

/** Brings the page that was just served to life. */
export function installPane(pane: Window): void {
  const main = pane.document.querySelector('main')
  if (main === null) return
  const { message, origin } = main.dataset
  const page = pane.opener ?? pane.parent
  if (message !== undefined && page !== pane) {
    // A page opened from disk has no origin to address.
    page.postMessage(message, origin === undefined || origin === 'null' ? '*' : origin)
  }
  // The attribute `autofocus` is ignored inside a frame of another origin.
  pane.document.querySelector('h1')?.focus()
  pane.document.addEventListener('keydown', (event) => {
    const close = pane.document.querySelector<HTMLButtonElement>('[data-action="close"]')
    if (event.key === 'Escape') close?.click()
  })
  pane.addEventListener('message', (event) => hear(pane, event))
  pane.document.addEventListener('submit', (event) => submitOnce(pane, event))
}

// An app that came back from a payment app says through the shop's page how that ended.
function hear(pane: Window, event: MessageEvent): void {
  if (event.source !== pane.parent || typeof event.data !== 'string') return
  const { action, data } = JSON.parse(event.data)
  if (action !== 'communicate') return
  const pressed = data?.result === 'process' ? 'pay' : data?.result === 'cancel' ? 'cancel' : null
  if (pressed === null) return
  pane.document.querySelector<HTMLButtonElement>(`[data-action="${pressed}"]`)?.click()
}

// Two presses would be two approvals: the first one freezes the window.
function submitOnce(pane: Window, event: SubmitEvent): void {
  if (pane.document.body.dataset.sent !== undefined) event.preventDefault()
  pane.document.body.dataset.sent = ''
}

/** Everything `installPane` calls, for `script.ts` to send along. */
export const paneParts = [submitOnce, hear]
