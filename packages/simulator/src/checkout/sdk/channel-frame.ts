// Runs in the hidden iframe of one channel: forwards the page's messages to the server, and the responses back.
import { type FrameMessage, readMessage } from './read-message.ts'
import type { Fields } from './sdk-state.ts'

/** Receives the messages of the page around this frame. */
export function installChannelFrame(frame: Window): void {
  const userCode = frame.document.body.dataset.userCode ?? ''
  frame.addEventListener('message', (event) => {
    // Only the page that holds this frame may start a payment in it.
    const message = event.source === frame.parent ? readMessage(event) : null
    const path = message && pathOf(message, userCode)
    if (message !== null && path !== null) void forward(frame, path, event.origin, message.data)
  })
  // The message holds no data, so it may go to a page of any origin.
  frame.parent.postMessage(JSON.stringify({ action: 'ready', data: {} }), '*')
}

function pathOf({ action, data }: FrameMessage, userCode: string): string | null {
  if (action === 'payment') return `/window/open/${encodeURIComponent(userCode)}`
  if (action !== 'check.closing') return null
  return `/window/closing/${encodeURIComponent(String(data.imp_uid))}`
}

async function forward(frame: Window, path: string, origin: string, data: Fields): Promise<void> {
  const response = await frame.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data, origin }),
  })
  // A page opened from disk has no origin to address.
  frame.parent.postMessage(await response.text(), origin === 'null' ? '*' : origin)
}
