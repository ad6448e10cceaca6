// Runs in the hidden iframe of one channel: forwards the page's messages to the server, and the responses back.

/** Receives the messages of the page around this frame. */
export function installChannelFrame(frame: Window): void {
  const userCode = frame.document.body.dataset.userCode ?? ''
  frame.addEventListener('message', (event) => {
    // Only the page that holds this frame may start a payment in it.
    if (event.source !== frame.parent || typeof event.data !== 'string') return
    void forward(frame, userCode, event.origin, JSON.parse(event.data))
  })
  // The message holds no data, so it may go to a page of any origin.
  frame.parent.postMessage(JSON.stringify({ action: 'ready', data: {} }), '*')
}

async function forward(
  frame: Window,
  userCode: string,
  origin: string,
  message: { action: string; data: Record<string, unknown> },
): Promise<void> {
  const path =
    message.action === 'payment'
      ? `/window/open/${encodeURIComponent(userCode)}`
      : `/window/closing/${encodeURIComponent(String(message.data.imp_uid))}`
  const response = await frame.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data: message.data, origin }),
  })
  // A page opened from disk has no origin to address.
  frame.parent.postMessage(await response.text(), origin === 'null' ? '*' : origin)
}
