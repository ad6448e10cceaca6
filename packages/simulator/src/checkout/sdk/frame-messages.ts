/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: what the page and the provider's frames say to each other.
import type { Asked, Fields, Imp } from './sdk-state.ts'

/** What is done with a request on its way. */
export interface Talk {
  /** Passes it to the frame of its channel. */
  ask(asked: Asked): void
  /** Opens the window the core has for it. */
  show(asked: Asked, opened: Fields): void
  /** Ends it with what the shop's callback gets. */
  answer(asked: Asked, data: Fields): void
  /** Ends it without a word. */
  dismiss(asked: Asked): void
  /** Tells every window that stands open what the shop's app has come back with. */
  communicate(message: unknown): void
}

type Poll = (asked: Asked) => Promise<void>

/** Makes the talk of one page; `poll` finds out what became of a window that was closed by force. */
export function createTalk(imp: Imp, poll: Poll): Talk {
  const talk: Talk = {
    ask: (asked) => ask(imp, asked),
    show: (asked, opened) => show(imp, asked, opened, poll),
    answer: (asked, data) => answer(imp, asked, data),
    dismiss: (asked) => dismiss(imp, asked),
    communicate: (message) => communicate(imp, message),
  }
  imp.page.addEventListener('message', (event) => receive(imp, talk, event, poll))
  return talk
}

function ask(imp: Imp, asked: Asked): void {
  const sheet = asked.channel === null ? undefined : imp.sheets.get(asked.channel)
  if (sheet === undefined) return
  asked.sheet = sheet
  const data = { ...asked.params, request_id: asked.id, tier_code: imp.tierCode }
  imp.windows.tell(sheet, 'payment', data)
}

function receive(imp: Imp, talk: Talk, event: MessageEvent, poll: Poll): void {
  if (event.origin !== imp.core || typeof event.data !== 'string') return
  const { action, data } = JSON.parse(event.data)
  if (action === 'ready') {
    for (const sheet of imp.sheets.values()) imp.windows.wake(sheet, event.source)
    return
  }
  const asked = imp.asked.get(data.request_id)
  if (asked === undefined) return
  if (action === 'payment') talk.answer(asked, data)
  if (action === 'window') talk.show(asked, data)
  if (action === 'closed') void poll(asked)
}

function show(imp: Imp, asked: Asked, opened: Fields, poll: Poll): void {
  asked.impUid = toText(opened.imp_uid)
  const url = `${imp.core}${toText(opened.url)}`
  if (opened.way === 'redirect') {
    asked.popup?.close()
    imp.page.location.href = url
    return
  }
  if (asked.popup !== null) {
    asked.popup.location.href = url
    asked.timer = imp.page.setInterval(() => watch(imp, asked, poll), 100)
    return
  }
  asked.sheet ??= imp.windows.add(null)
  // Shown first: a frame that has no box yet may lose where it was sent. And replaced, not navigated:
  // the buyer's back button must leave the shop's page as it was.
  imp.windows.display(asked.sheet)
  asked.sheet.frame.contentWindow?.location.replace(url)
}

function watch(imp: Imp, asked: Asked, poll: Poll): void {
  if (!asked.popup?.closed) return
  imp.page.clearInterval(asked.timer)
  if (asked.sheet === null) void poll(asked)
  else {
    const data = { request_id: asked.id, imp_uid: asked.impUid, result: 'check.closing' }
    imp.windows.tell(asked.sheet, 'check.closing', data)
  }
}

function dismiss(imp: Imp, asked: Asked): void {
  imp.asked.delete(asked.id)
  imp.page.clearInterval(asked.timer)
  asked.popup?.close()
  if (asked.sheet !== null) imp.windows.hide(asked.sheet)
}

function answer(imp: Imp, asked: Asked, data: Fields): void {
  dismiss(imp, asked)
  const shown = { ...data }
  delete shown.request_id
  delete shown.portoneError
  if (asked.callback !== null) asked.callback(shown)
  // Only now the shop knows: webhooks that are to come after the browser may leave.
  if (asked.impUid !== null) {
    const path = `/window/returned/${encodeURIComponent(asked.impUid)}`
    imp.page.navigator.sendBeacon(`${imp.core}${path}`)
  }
  if (asked.callback === null && imp.phone && !shown.success && shown.error_msg) {
    imp.page.location.href = failureUrl(imp.core, asked.params.m_redirect_url, shown)
  }
}

/** Joins raw pairs and encodes the whole address once, missing `&` and all: merchants have to live with it. */
function failureUrl(core: string, redirect: unknown, data: Fields): string {
  const error = `error_msg=${toText(data.error_msg)}`
  const ids = `imp_uid=${toText(data.imp_uid)}`
  if (typeof redirect !== 'string' || redirect === '') {
    return encodeURI(`${core}/payments/fail?${ids}&success=false&${error}`)
  }
  const pairs = `${ids}&merchant_uid=${toText(data.merchant_uid)}&imp_success=false&${error}`
  const [address = '', ...hash] = redirect.split('#')
  const separator = address.includes('&') ? '' : address.includes('?') ? '&' : '?'
  return encodeURI([`${address}${separator}${pairs}`, ...hash].join('#'))
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

// Apps that leave for a payment app come back into a page whose window still stands.
function communicate(imp: Imp, message: unknown): void {
  for (const { sheet } of imp.asked.values()) {
    if (sheet?.dialog.open) imp.windows.tell(sheet, 'communicate', message)
  }
}

/** Everything `createTalk` calls, for `script.ts` to send along. */
export const talkParts = [
  ask,
  receive,
  show,
  watch,
  dismiss,
  answer,
  failureUrl,
  toText,
  communicate,
]
