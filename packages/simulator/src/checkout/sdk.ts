/// <reference lib="dom" />
import type { createCertification } from './certify.ts'
import type { refuse } from './refuse.ts'
import type { Sheet, Sheets } from './sheet.ts'
import type { createUi } from './ui.ts'

// These functions run in the merchant's page: `script.ts` sends their source text, so they may use
// each other and the browser, and nothing imported but types.

/** What the server tells the script. */
export interface Settings {
  /** Used where the page hides which address the script came from (modules, bundlers). */
  readonly origin: string
  /** Source of the pattern that makes a user agent a phone. */
  readonly phone: string
}

/** The functions of other files that come along in the same script. */
export interface Rooms {
  readonly createSheets: (page: Window, core: string, phone: boolean) => Sheets
  readonly refuse: typeof refuse
  readonly createCertification: typeof createCertification
  readonly createUi: typeof createUi
}

type Fields = Record<string, unknown>
type Callback = (answer: Fields) => void

interface Channel {
  readonly pg_provider: string
  readonly pg_id: string
  readonly channel_key: string
  readonly type: string
  readonly sandbox: boolean
  readonly store_id: string
  readonly module: string
}

interface Asked {
  readonly id: string
  readonly params: Fields
  readonly channel: Channel | null
  readonly callback: Callback | null
  popup: Window | null
  sheet: Sheet | null
  impUid: string | null
  timer: number
}

interface Imp {
  readonly page: Window
  readonly core: string
  readonly phone: boolean
  readonly windows: Sheets
  readonly refuse: Rooms['refuse']
  userCode: string | null
  tierCode: string | null
  channels: readonly Channel[]
  readonly sheets: Map<Channel, Sheet>
  readonly asked: Map<string, Asked>
}

/** Puts `IMP` on the page. */
export function installImp(page: Window, settings: Settings, rooms: Rooms): void {
  const script = page.document.currentScript
  const source = script instanceof HTMLScriptElement ? script.src : ''
  const core = source === '' ? settings.origin : new URL(source).origin
  const phone = new RegExp(settings.phone).test(page.navigator.userAgent)
  const imp: Imp = {
    page,
    core,
    phone,
    windows: rooms.createSheets(page, core, phone),
    refuse: rooms.refuse,
    userCode: null,
    tierCode: null,
    channels: [],
    sheets: new Map(),
    asked: new Map(),
  }
  page.addEventListener('message', (event) => receive(imp, event))
  Object.assign(page, {
    IMP: {
      init: (userCode: unknown, options?: Fields) => begin(imp, userCode, null, options),
      agency: (userCode: unknown, tierCode: unknown) => begin(imp, userCode, tierCode, undefined),
      deinit: () => end(imp),
      request_pay: (params?: Fields, callback?: unknown) => requestPay(imp, params, callback),
      certification: rooms.createCertification(imp),
      ...rooms.createUi(imp, (params, callback) => requestPay(imp, params, callback)),
      close: () => {
        for (const asked of imp.asked.values()) dismiss(imp, asked)
      },
    },
  })
}

function begin(imp: Imp, userCode: unknown, tierCode: unknown, options?: Fields): void {
  if (imp.userCode !== null || typeof userCode !== 'string' || userCode === '') return
  imp.userCode = userCode
  imp.tierCode = typeof tierCode === 'string' ? tierCode : null
  const container = options?.pgIframeContainer
  imp.windows.place(container instanceof HTMLElement ? container : null)
  imp.channels = readChannels(imp, userCode)
  for (const channel of imp.channels) {
    if (channel.type !== 'payment') continue
    const path = [userCode, channel.pg_provider, channel.pg_id].map(encodeURIComponent).join('/')
    const query = `sandbox=${channel.sandbox}&store_id=${encodeURIComponent(channel.store_id)}`
    imp.sheets.set(channel, imp.windows.add(`${imp.core}/payments/ready/${path}?${query}`))
  }
}

function end(imp: Imp): void {
  for (const asked of imp.asked.values()) dismiss(imp, asked)
  for (const sheet of imp.sheets.values()) sheet.dialog.remove()
  imp.sheets.clear()
  imp.channels = []
  imp.userCode = null
}

function readChannels(imp: Imp, userCode: string): readonly Channel[] {
  const tier = imp.tierCode === null ? '' : `?tier=${encodeURIComponent(imp.tierCode)}`
  const request = new XMLHttpRequest()
  // Synchronous, as merchants expect: request_pay may be the very next line after init.
  request.open('GET', `${imp.core}/users/pg/${encodeURIComponent(userCode)}${tier}`, false)
  request.send()
  const answer = JSON.parse(request.responseText)
  return answer.code === 0 ? answer.data : []
}

function requestPay(imp: Imp, given: Fields | undefined, callback: unknown): void {
  if (!given) return imp.page.alert('결제요청 파라메터가 누락되었습니다.')
  if (imp.userCode === null) {
    return imp.page.alert('판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.')
  }
  let now = Date.now()
  while (imp.asked.has(`req_${now}`)) now += 1
  const merchant_uid = given.merchant_uid || `nobody_${now}`
  const params = { ...given, merchant_uid, pay_method: given.pay_method || 'card' }
  const asked: Asked = {
    id: `req_${now}`,
    params,
    channel: pickChannel(imp.channels, given),
    callback: typeof callback === 'function' ? (answer) => callback(answer) : null,
    popup: null,
    sheet: null,
    impUid: null,
    timer: 0,
  }
  imp.asked.set(asked.id, asked)
  const refusal = imp.refuse(asked.channel, params, isNew(asked)) ?? openPopup(imp, asked)
  if (refusal !== null) return answer(imp, asked, refusal)
  if (isNew(asked)) void prepare(imp, asked)
  else ask(imp, asked)
}

/** By key, or by provider and then MID; a `pg` that matches nothing gets the first channel without a word. */
function pickChannel(channels: readonly Channel[], params: Fields): Channel | null {
  if (params.channelKey) {
    return channels.find(({ channel_key }) => channel_key === params.channelKey) ?? null
  }
  const [provider, ...mid] = typeof params.pg === 'string' ? params.pg.split('.') : []
  const ofProvider = channels.filter(({ pg_provider }) => pg_provider === provider)
  const exact = ofProvider.find(({ pg_id }) => pg_id === mid.join('.'))
  return exact ?? ofProvider[0] ?? channels[0] ?? null
}

// Toss Payments issues billing keys on the old path.
function isNew({ channel, params }: Asked): boolean {
  if (channel?.pg_provider === 'tosspayments' && params.customer_uid) return false
  return channel?.module === 'new'
}

/** Opens the popup now, in the buyer's own click: later, browsers would block it. */
function openPopup(imp: Imp, asked: Asked): Fields | null {
  if (!wantsPopup(asked)) return null
  asked.popup = imp.page.open('', '_blank', 'popup,width=420,height=640')
  if (asked.popup !== null) return null
  const { merchant_uid } = asked.params
  const error_msg = '팝업을 호출하는데 실패하였습니다.'
  return { imp_uid: null, merchant_uid, error_code: 'NOT READY', error_msg }
}

function wantsPopup({ channel, params }: Asked): boolean {
  return params.popup === true || (channel?.pg_provider === 'eximbay' && params.popup !== false)
}

function ask(imp: Imp, asked: Asked): void {
  const sheet = asked.channel === null ? undefined : imp.sheets.get(asked.channel)
  if (sheet === undefined) return
  asked.sheet = sheet
  const data = { ...asked.params, request_id: asked.id, tier_code: imp.tierCode }
  imp.windows.tell(sheet, 'payment', data)
}

function receive(imp: Imp, event: MessageEvent): void {
  if (event.origin !== imp.core || typeof event.data !== 'string') return
  const { action, data } = JSON.parse(event.data)
  if (action === 'ready') {
    for (const sheet of imp.sheets.values()) imp.windows.wake(sheet, event.source)
    return
  }
  const asked = imp.asked.get(data.request_id)
  if (asked === undefined) return
  if (action === 'payment') answer(imp, asked, data)
  if (action === 'window') show(imp, asked, data)
  if (action === 'closed') void poll(imp, asked)
}

function show(imp: Imp, asked: Asked, opened: Fields): void {
  asked.impUid = toText(opened.imp_uid)
  const url = `${imp.core}${toText(opened.url)}`
  if (opened.way === 'redirect') {
    asked.popup?.close()
    imp.page.location.href = url
    return
  }
  if (asked.popup !== null) {
    asked.popup.location.href = url
    asked.timer = imp.page.setInterval(() => watch(imp, asked), 100)
    return
  }
  asked.sheet ??= imp.windows.add(null)
  // Shown first: a frame that has no box yet may lose where it was sent. And replaced, not navigated:
  // the buyer's back button must leave the shop's page as it was.
  imp.windows.display(asked.sheet)
  asked.sheet.frame.contentWindow?.location.replace(url)
}

function watch(imp: Imp, asked: Asked): void {
  if (!asked.popup?.closed) return
  imp.page.clearInterval(asked.timer)
  if (asked.sheet === null) void poll(imp, asked)
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

async function prepare(imp: Imp, asked: Asked): Promise<void> {
  const { merchant_uid, customer_uid } = asked.params
  const actionType = customer_uid ? 'REQUEST_ISSUE_BILLING_KEY' : 'REQUEST_PAY'
  const data = { userCode: imp.userCode, tierCode: imp.tierCode, ...asked.params, actionType }
  const deviceInfo = { userAgent: imp.page.navigator.userAgent }
  const opened = await call(`${imp.core}/api/prepare/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data, deviceInfo, sdkVersion: '1.19.0', requestId: asked.id }),
  })
  if (opened.error_code) answer(imp, asked, { merchant_uid, ...opened })
  else show(imp, asked, opened)
}

/** The answer's fields; `error_code` and `error_msg` alone when there is none to be had. */
async function call(url: string, init?: RequestInit): Promise<Fields> {
  try {
    const response = await fetch(url, init)
    if (response.status >= 500) return { error_code: 'F500', error_msg: await response.text() }
    const body = await response.json()
    if (response.ok) return body
    return { error_code: body.error_code ?? 'F400', error_msg: body.error_msg ?? '' }
  } catch (cause) {
    return { error_code: 'F500', error_msg: String(cause) }
  }
}

/** The window was closed by force: asks once a second, five times, what became of the payment. */
async function poll(imp: Imp, asked: Asked): Promise<void> {
  if (asked.sheet !== null) imp.windows.hide(asked.sheet)
  const ids = { imp_uid: asked.impUid, merchant_uid: asked.params.merchant_uid }
  const url = `${imp.core}/api/status/v1?imp_uid=${encodeURIComponent(String(asked.impUid))}`
  for (let turn = 0; turn < 5; turn += 1) {
    const state = await call(url)
    if (state.error_code) return answer(imp, asked, { ...ids, ...failureOf(state) })
    if (state.status === 'paid' || state.status === 'issued') return answer(imp, asked, ids)
    await new Promise((resolve) => imp.page.setTimeout(resolve, 1000))
  }
  const error_msg = '사용자가 결제를 취소하였습니다.'
  answer(imp, asked, { ...ids, error_code: 'F400', error_msg })
}

function failureOf({ error_code, error_msg, pg_code, pg_message }: Fields): Fields {
  return pg_code
    ? { error_code, error_msg: `[${toText(pg_code)}] ${toText(pg_message)}` }
    : { error_code, error_msg }
}

/** Everything `installImp` calls, for `script.ts` to send along. */
export const sdkParts = [
  begin,
  end,
  readChannels,
  requestPay,
  pickChannel,
  isNew,
  openPopup,
  wantsPopup,
  ask,
  receive,
  show,
  watch,
  dismiss,
  answer,
  failureUrl,
  toText,
  prepare,
  call,
  poll,
  failureOf,
]
