// The messages between the merchant's page and the provider's frames.
import type { PaymentFrame } from './frames.ts'
import { readMessage } from './read-message.ts'
import type { Channel, Fields, PendingRequest, SdkState } from './sdk-state.ts'

/** The steps of a pending request. */
export interface FrameMessages {
  /** Posts it to the frame of its channel. */
  send(request: PendingRequest): void
  /** Opens the window the server made for it. */
  show(request: PendingRequest, opened: Fields): void
  /** Ends it and calls the shop's callback. */
  finish(request: PendingRequest, data: Fields): void
  /** Ends it without a callback. */
  dismiss(request: PendingRequest): void
  /** Posts the result of an external payment app to every open window. */
  communicate(message: unknown): void
}

type PollStatus = (request: PendingRequest) => Promise<void>

/** Makes the messages of one page; `poll` reads the status of a payment whose window was closed by force. */
export function createFrameMessages(sdk: SdkState, poll: PollStatus): FrameMessages {
  const messages: FrameMessages = {
    send: (request) => sendRequest(sdk, request),
    show: (request, opened) => showWindow(sdk, request, opened, poll),
    finish: (request, data) => finishRequest(sdk, request, data),
    dismiss: (request) => dismissRequest(sdk, request),
    communicate: (message) => communicate(sdk, message),
  }
  sdk.page.addEventListener('message', (event) => receiveFrameMessage(sdk, messages, event, poll))
  return messages
}

function sendRequest(sdk: SdkState, request: PendingRequest): void {
  if (request.channel === null) return
  const frame = frameOf(sdk, request.channel)
  request.frame = frame
  const data = { ...request.params, request_id: request.id, tier_code: sdk.tierCode }
  sdk.frameHost.post(frame, 'payment', data)
}

// Added at the first request, and kept for the next ones.
function frameOf(sdk: SdkState, channel: Channel): PaymentFrame {
  const existing = sdk.frames.get(channel)
  if (existing !== undefined) return existing
  const { pg_provider, pg_id, sandbox, store_id } = channel
  const path = [sdk.userCode ?? '', pg_provider, pg_id].map(encodeURIComponent).join('/')
  const query = `sandbox=${sandbox}&store_id=${encodeURIComponent(store_id)}`
  const frame = sdk.frameHost.add(`${sdk.baseUrl}/payments/ready/${path}?${query}`)
  sdk.frames.set(channel, frame)
  return frame
}

function receiveFrameMessage(
  sdk: SdkState,
  messages: FrameMessages,
  event: MessageEvent,
  poll: PollStatus,
): void {
  const message = event.origin === sdk.baseUrl ? readMessage(event) : null
  if (message === null) return
  const { action, data } = message
  if (action === 'ready') {
    for (const frame of sdk.frames.values()) sdk.frameHost.markReady(frame, event.source)
    return
  }
  const request = sdk.requests.get(String(data.request_id))
  if (request === undefined) return
  if (action === 'payment') messages.finish(request, data)
  if (action === 'window') messages.show(request, data)
  if (action === 'closed') void poll(request)
}

function showWindow(
  sdk: SdkState,
  request: PendingRequest,
  opened: Fields,
  poll: PollStatus,
): void {
  request.impUid = toText(opened.imp_uid)
  const url = `${sdk.baseUrl}${toText(opened.url)}`
  if (opened.returnMethod === 'redirect') {
    request.popup?.close()
    sdk.page.location.href = url
    return
  }
  if (request.popup !== null) {
    request.popup.location.href = url
    request.timer = sdk.page.setInterval(() => watchPopup(sdk, request, poll), 100)
    return
  }
  request.frame ??= sdk.frameHost.add(null)
  // Shown first: a frame without a layout box may lose its navigation. Replaced, not navigated: the
  // buyer's back button must not step through the window's pages.
  sdk.frameHost.show(request.frame)
  request.frame.iframe.contentWindow?.location.replace(url)
}

function watchPopup(sdk: SdkState, request: PendingRequest, poll: PollStatus): void {
  if (!request.popup?.closed) return
  sdk.page.clearInterval(request.timer)
  if (request.frame === null) void poll(request)
  else {
    const data = { request_id: request.id, imp_uid: request.impUid, result: 'check.closing' }
    sdk.frameHost.post(request.frame, 'check.closing', data)
  }
}

function dismissRequest(sdk: SdkState, request: PendingRequest): void {
  sdk.requests.delete(request.id)
  sdk.page.clearInterval(request.timer)
  request.popup?.close()
  if (request.frame !== null) sdk.frameHost.hide(request.frame)
}

function finishRequest(sdk: SdkState, request: PendingRequest, data: Fields): void {
  dismissRequest(sdk, request)
  const result = { ...data }
  delete result.request_id
  delete result.portoneError
  if (request.callback !== null) request.callback(result)
  // The shop has its result now: webhooks planned after the browser's return may be sent.
  if (request.impUid !== null) {
    const path = `/window/returned/${encodeURIComponent(request.impUid)}`
    sdk.page.navigator.sendBeacon(`${sdk.baseUrl}${path}`)
  }
  if (request.callback === null && sdk.isMobile && !result.success && result.error_msg) {
    sdk.page.location.href = failureUrl(sdk.baseUrl, request.params.m_redirect_url, result)
  }
}

/** Joins raw pairs and encodes the whole address once, missing `&` included: the real script does the same. */
function failureUrl(baseUrl: string, redirect: unknown, data: Fields): string {
  const error = `error_msg=${toText(data.error_msg)}`
  const ids = `imp_uid=${toText(data.imp_uid)}`
  if (typeof redirect !== 'string' || redirect === '') {
    return encodeURI(`${baseUrl}/payments/fail?${ids}&success=false&${error}`)
  }
  const pairs = `${ids}&merchant_uid=${toText(data.merchant_uid)}&imp_success=false&${error}`
  const [address = '', ...hash] = redirect.split('#')
  const separator = address.includes('&') ? '' : address.includes('?') ? '&' : '?'
  return encodeURI([`${address}${separator}${pairs}`, ...hash].join('#'))
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

// A shop's app that returns from a payment app finds the page's window still open.
function communicate(sdk: SdkState, message: unknown): void {
  for (const { frame } of sdk.requests.values()) {
    if (frame?.dialog.open) sdk.frameHost.post(frame, 'communicate', message)
  }
}
