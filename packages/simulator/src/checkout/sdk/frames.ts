/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: the dialogs that hold the payment windows.

/** One window: a dialog around an iframe. Only a frame with a `home` listens; others come and go with their request. */
export interface PaymentFrame {
  readonly dialog: HTMLDialogElement
  readonly iframe: HTMLIFrameElement
  readonly idleUrl: string | null
  ready: boolean
  readonly queue: string[]
}

/** What the script does with its windows. */
export interface PaymentFrames {
  /** Puts later windows into an element of the shop instead of over the page. */
  setContainer(container: HTMLElement | null): void
  add(idleUrl: string | null): PaymentFrame
  show(frame: PaymentFrame): void
  hide(frame: PaymentFrame): void
  /** Sends a message as soon as the frame listens. */
  post(frame: PaymentFrame, action: string, data: unknown): void
  /** Notes that the frame that said so listens now. */
  markReady(frame: PaymentFrame, source: MessageEventSource | null): void
}

/** Makes the windows of one page. */
export function createFrames(page: Window, baseUrl: string, isMobile: boolean): PaymentFrames {
  let container: HTMLElement | null = null
  return {
    setContainer: (element) => {
      container = element
    },
    add: (idleUrl) => addFrame(page, container, idleUrl),
    show: (frame) => showFrame(frame, container !== null, isMobile),
    hide: hideFrame,
    post: (frame, action, data) => {
      const { origin } = page.location
      const message = { action, data, origin, from: 'iamport-sdk', version: '1.2.0' }
      frame.queue.push(JSON.stringify(message))
      if (frame.ready) flushQueue(frame, baseUrl)
    },
    markReady: (frame, source) => {
      if (frame.iframe.contentWindow !== source) return
      frame.ready = true
      flushQueue(frame, baseUrl)
    },
  }
}

function addFrame(
  page: Window,
  container: HTMLElement | null,
  idleUrl: string | null,
): PaymentFrame {
  const iframe = page.document.createElement('iframe')
  iframe.title = '결제창 (payment window)'
  iframe.allow = 'payment'
  if (idleUrl !== null) iframe.src = idleUrl
  const dialog = page.document.createElement('dialog')
  dialog.dataset.imp = 'window'
  // Escape would hide the window behind the PG's back; the window has its own way to close.
  dialog.addEventListener('cancel', (event) => event.preventDefault())
  dialog.append(iframe)
  const parent = container ?? page.document.body
  parent.append(dialog)
  return { dialog, iframe, idleUrl, ready: false, queue: [] }
}

function showFrame(frame: PaymentFrame, isEmbedded: boolean, isMobile: boolean): void {
  if (frame.dialog.open) return
  const width = isEmbedded || isMobile ? '100%' : 'min(420px, 100%)'
  const height = isMobile && !isEmbedded ? '100%' : 'min(640px, 100%)'
  const radius = isMobile ? '0' : '16px'
  const size = { width, height, border: '0', background: '#fff', borderRadius: radius }
  Object.assign(frame.iframe.style, size)
  // Everything is set, since the shop's own styles for a dialog reach this one too.
  const layout = { display: 'grid', gridTemplate: '100% / 100%', placeItems: 'center' }
  Object.assign(frame.dialog.style, layout, { border: '0', padding: '0', margin: '0' })
  if (isEmbedded) {
    Object.assign(frame.dialog.style, { position: 'static', width: '100%', height: '640px' })
    frame.dialog.show()
  } else {
    const fullScreen = { width: '100vw', height: '100dvh', maxWidth: 'none', maxHeight: 'none' }
    Object.assign(frame.dialog.style, fullScreen, { background: 'rgba(15, 23, 42, 0.6)' })
    frame.dialog.showModal()
  }
  frame.iframe.focus()
}

function hideFrame(frame: PaymentFrame): void {
  if (frame.dialog.open) frame.dialog.close()
  frame.dialog.style.display = 'none'
  if (frame.idleUrl === null) {
    frame.dialog.remove()
    return
  }
  frame.ready = false
  frame.iframe.contentWindow?.location.replace(frame.idleUrl)
}

function flushQueue(frame: PaymentFrame, baseUrl: string): void {
  for (const message of frame.queue.splice(0)) {
    frame.iframe.contentWindow?.postMessage(message, baseUrl)
  }
}

/** Everything `createSheets` calls, for `script.ts` to send along. */
export const frameParts = [addFrame, showFrame, hideFrame, flushQueue]
