/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: the dialogs that hold the payment windows.

/** One window: a dialog around an iframe. Only a frame with a `home` listens; others come and go with their request. */
export interface Sheet {
  readonly dialog: HTMLDialogElement
  readonly frame: HTMLIFrameElement
  readonly home: string | null
  ready: boolean
  readonly queue: string[]
}

/** What the script does with its windows. */
export interface Sheets {
  /** Puts later windows into an element of the shop instead of over the page. */
  place(container: HTMLElement | null): void
  add(home: string | null): Sheet
  display(sheet: Sheet): void
  hide(sheet: Sheet): void
  /** Sends a message as soon as the frame listens. */
  tell(sheet: Sheet, action: string, data: unknown): void
  /** Notes that the frame that said so listens now. */
  wake(sheet: Sheet, source: MessageEventSource | null): void
}

/** Makes the windows of one page. */
export function createSheets(page: Window, core: string, phone: boolean): Sheets {
  let container: HTMLElement | null = null
  return {
    place: (element) => {
      container = element
    },
    add: (home) => addSheet(page, container, home),
    display: (sheet) => displaySheet(sheet, container !== null, phone),
    hide: hideSheet,
    tell: (sheet, action, data) => {
      const { origin } = page.location
      const message = { action, data, origin, from: 'iamport-sdk', version: '1.2.0' }
      sheet.queue.push(JSON.stringify(message))
      if (sheet.ready) flush(sheet, core)
    },
    wake: (sheet, source) => {
      if (sheet.frame.contentWindow !== source) return
      sheet.ready = true
      flush(sheet, core)
    },
  }
}

function addSheet(page: Window, container: HTMLElement | null, home: string | null): Sheet {
  const frame = page.document.createElement('iframe')
  frame.title = '결제창 (payment window)'
  frame.allow = 'payment'
  if (home !== null) frame.src = home
  const dialog = page.document.createElement('dialog')
  dialog.dataset.imp = 'window'
  // Escape would hide the window behind the PG's back; the window has its own way to close.
  dialog.addEventListener('cancel', (event) => event.preventDefault())
  dialog.append(frame)
  const parent = container ?? page.document.body
  parent.append(dialog)
  return { dialog, frame, home, ready: false, queue: [] }
}

function displaySheet(sheet: Sheet, embedded: boolean, phone: boolean): void {
  if (sheet.dialog.open) return
  const width = embedded || phone ? '100%' : 'min(420px, 100%)'
  const height = phone && !embedded ? '100%' : 'min(640px, 100%)'
  const radius = phone ? '0' : '16px'
  const frame = { width, height, border: '0', background: '#fff', borderRadius: radius }
  Object.assign(sheet.frame.style, frame)
  // Everything is set, since the shop's own styles for a dialog reach this one too.
  const place = { display: 'grid', gridTemplate: '100% / 100%', placeItems: 'center' }
  Object.assign(sheet.dialog.style, place, { border: '0', padding: '0', margin: '0' })
  if (embedded) {
    Object.assign(sheet.dialog.style, { position: 'static', width: '100%', height: '640px' })
    sheet.dialog.show()
  } else {
    const size = { width: '100vw', height: '100dvh', maxWidth: 'none', maxHeight: 'none' }
    Object.assign(sheet.dialog.style, size, { background: 'rgba(15, 23, 42, 0.6)' })
    sheet.dialog.showModal()
  }
  sheet.frame.focus()
}

function hideSheet(sheet: Sheet): void {
  if (sheet.dialog.open) sheet.dialog.close()
  sheet.dialog.style.display = 'none'
  if (sheet.home === null) {
    sheet.dialog.remove()
    return
  }
  sheet.ready = false
  sheet.frame.contentWindow?.location.replace(sheet.home)
}

function flush(sheet: Sheet, core: string): void {
  for (const message of sheet.queue.splice(0)) {
    sheet.frame.contentWindow?.postMessage(message, core)
  }
}

/** Everything `createSheets` calls, for `script.ts` to send along. */
export const sheetParts = [addSheet, displaySheet, hideSheet, flush]
