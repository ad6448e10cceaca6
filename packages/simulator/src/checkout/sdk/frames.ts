// The dialogs that contain the payment windows.

/** One window: a dialog around an iframe. Only a frame with an `idleUrl` receives messages; the others live as long as their request. */
export interface PaymentFrame {
  readonly dialog: HTMLDialogElement
  readonly iframe: HTMLIFrameElement
  readonly idleUrl: string | null
  ready: boolean
  readonly queue: string[]
}

/** The payment windows of one page. */
export interface PaymentFrames {
  /** Puts later windows into an element of the shop's page instead of over the page. */
  setContainer(container: HTMLElement | null): void
  add(idleUrl: string | null): PaymentFrame
  show(frame: PaymentFrame): void
  hide(frame: PaymentFrame): void
  /** Posts a message as soon as the frame is ready. */
  post(frame: PaymentFrame, action: string, data: unknown): void
  /** Marks the frame ready if the message came from it. */
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
  // Escape would hide the window without telling the PG; the window has its own close button.
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
  // Every property is set, since the shop's own styles for `dialog` apply to this one as well.
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
