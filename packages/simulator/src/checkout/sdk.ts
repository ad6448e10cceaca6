/// <reference lib="dom" />
// These functions run in the merchant's page: `script.ts` sends their source text, so they may use
// each other and the browser, and nothing imported but types.

/** What the server tells the script. */
export interface Settings {
  /** Used where the page hides which address the script came from (modules, bundlers). */
  readonly origin: string
  /** Source of the pattern that makes a user agent a phone. */
  readonly phone: string
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

/** One window: a dialog around an iframe. Only a `home` frame listens; others come and go with their request. */
interface Sheet {
  readonly dialog: HTMLDialogElement
  readonly frame: HTMLIFrameElement
  readonly home: string | null
  ready: boolean
  readonly queue: string[]
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
  userCode: string | null
  tierCode: string | null
  container: HTMLElement | null
  channels: readonly Channel[]
  readonly sheets: Map<Channel, Sheet>
  readonly asked: Map<string, Asked>
}

/** Puts `IMP` on the page. */
export function installImp(page: Window, settings: Settings): void {
  const script = page.document.currentScript
  const source = script instanceof HTMLScriptElement ? script.src : ''
  const imp: Imp = {
    page,
    core: source === '' ? settings.origin : new URL(source).origin,
    phone: new RegExp(settings.phone).test(page.navigator.userAgent),
    userCode: null,
    tierCode: null,
    container: null,
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
  imp.container = container instanceof HTMLElement ? container : null
  imp.channels = readChannels(imp, userCode)
  for (const channel of imp.channels) {
    if (channel.type !== 'payment') continue
    const path = [userCode, channel.pg_provider, channel.pg_id].map(encodeURIComponent).join('/')
    const query = `sandbox=${channel.sandbox}&store_id=${encodeURIComponent(channel.store_id)}`
    imp.sheets.set(channel, addSheet(imp, `${imp.core}/payments/ready/${path}?${query}`))
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

function addSheet(imp: Imp, home: string | null): Sheet {
  const frame = imp.page.document.createElement('iframe')
  frame.title = '결제창 (payment window)'
  frame.allow = 'payment'
  if (home !== null) frame.src = home
  const dialog = imp.page.document.createElement('dialog')
  dialog.dataset.imp = 'window'
  // Escape would hide the window behind the PG's back; the window has its own way to close.
  dialog.addEventListener('cancel', (event) => event.preventDefault())
  dialog.append(frame)
  ;(imp.container ?? imp.page.document.body).append(dialog)
  return { dialog, frame, home, ready: false, queue: [] }
}

function display(imp: Imp, sheet: Sheet): void {
  if (sheet.dialog.open) return
  const embedded = imp.container !== null
  const width = embedded || imp.phone ? '100%' : 'min(420px, 100%)'
  const height = imp.phone && !embedded ? '100%' : 'min(640px, 100%)'
  Object.assign(sheet.frame.style, { width, height, border: '0', background: '#fff' })
  if (!imp.phone) sheet.frame.style.borderRadius = '16px'
  const place = { display: 'grid', placeItems: 'center', border: '0', padding: '0', margin: '0' }
  Object.assign(sheet.dialog.style, place)
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

function hide(sheet: Sheet): void {
  if (sheet.dialog.open) sheet.dialog.close()
  sheet.dialog.style.display = 'none'
  if (sheet.home === null) {
    sheet.dialog.remove()
    return
  }
  sheet.ready = false
  sheet.frame.contentWindow?.location.replace(sheet.home)
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
  const refusal = refuse(imp, asked)
  if (refusal !== null) return answer(imp, asked, refusal)
  if (isNew(asked)) void prepare(imp, asked)
  else ask(imp, asked)
}

/** By key, or by provider and then MID; whatever matches nothing gets the first channel without a word. */
function pickChannel(channels: readonly Channel[], params: Fields): Channel | null {
  const [provider, ...rest] = typeof params.pg === 'string' ? params.pg.split('.') : []
  const mid = rest.join('.')
  const found = channels.find((channel) =>
    params.channelKey
      ? channel.channel_key === params.channelKey
      : channel.pg_provider === provider && (mid === '' || channel.pg_id === mid),
  )
  return found ?? channels[0] ?? null
}

// Toss Payments issues billing keys on the old path.
function isNew({ channel, params }: Asked): boolean {
  if (channel?.pg_provider === 'tosspayments' && params.customer_uid) return false
  return channel?.module === 'new'
}

/** What the script answers by itself, in the very shapes (and spelling) merchants have met. */
function refuse(imp: Imp, asked: Asked): Fields | null {
  const { channel, params } = asked
  const { merchant_uid } = params
  const nowhere = { success: false, imp_uid: null, merchant_uid }
  if (channel === null) {
    const error_msg = '등록 된 PG 설정 정보를 찾을 수 없습니다.'
    return { ...nowhere, error_code: 'NOT_READY', error_msg }
  }
  if (channel.type !== 'payment') {
    const error_msg =
      '등록되지 않은 PG모듈 정보입니다. 아임포트 관리자페이지에서 PG모듈 정보를 설정하신 후 다시 시도해주세요.'
    return { imp_success: false, imp_uid: null, merchant_uid, error_coe: 'F1001', error_msg }
  }
  const wrong = wrongType(params)
  if (wrong !== null) {
    const failure = { error_code: 'F400', error_msg: wrong }
    return isNew(asked) ? { merchant_uid, ...failure } : { ...nowhere, ...failure }
  }
  if (!wantsPopup(channel, params)) return null
  asked.popup = imp.page.open('', '_blank', 'popup,width=420,height=640')
  if (asked.popup !== null) return null
  const error_msg = '팝업을 호출하는데 실패하였습니다.'
  return { imp_uid: null, merchant_uid, error_code: 'NOT READY', error_msg }
}

function wrongType(params: Fields): string | null {
  if (typeof params.amount !== 'number') return 'amount 파라미터는 숫자여야 합니다.'
  if (typeof params.merchant_uid !== 'string') return 'merchant_uid 파라미터는 문자열이어야 합니다.'
  return null
}

function wantsPopup(channel: Channel, params: Fields): boolean {
  return params.popup === true || (channel.pg_provider === 'eximbay' && params.popup !== false)
}

function ask(imp: Imp, asked: Asked): void {
  const sheet = asked.channel === null ? undefined : imp.sheets.get(asked.channel)
  if (sheet === undefined) return
  asked.sheet = sheet
  const data = { ...asked.params, request_id: asked.id, tier_code: imp.tierCode }
  tell(imp, sheet, 'payment', data)
}

function tell(imp: Imp, sheet: Sheet, action: string, data: Fields): void {
  const { origin } = imp.page.location
  sheet.queue.push(JSON.stringify({ action, data, origin, from: 'iamport-sdk', version: '1.2.0' }))
  if (sheet.ready) flush(imp, sheet)
}

function flush(imp: Imp, sheet: Sheet): void {
  for (const message of sheet.queue.splice(0)) {
    sheet.frame.contentWindow?.postMessage(message, imp.core)
  }
}

function receive(imp: Imp, event: MessageEvent): void {
  if (event.origin !== imp.core || typeof event.data !== 'string') return
  const { action, data } = JSON.parse(event.data)
  if (action === 'ready') {
    for (const sheet of imp.sheets.values()) {
      if (sheet.frame.contentWindow !== event.source) continue
      sheet.ready = true
      flush(imp, sheet)
    }
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
  asked.sheet ??= addSheet(imp, null)
  // Replaced, not navigated: the buyer's back button must leave the shop's page as it was.
  asked.sheet.frame.contentWindow?.location.replace(url)
  display(imp, asked.sheet)
}

function watch(imp: Imp, asked: Asked): void {
  if (!asked.popup?.closed) return
  imp.page.clearInterval(asked.timer)
  if (asked.sheet === null) void poll(imp, asked)
  else {
    const data = { request_id: asked.id, imp_uid: asked.impUid, result: 'check.closing' }
    tell(imp, asked.sheet, 'check.closing', data)
  }
}

function dismiss(imp: Imp, asked: Asked): void {
  imp.asked.delete(asked.id)
  imp.page.clearInterval(asked.timer)
  asked.popup?.close()
  if (asked.sheet !== null) hide(asked.sheet)
}

function answer(imp: Imp, asked: Asked, data: Fields): void {
  dismiss(imp, asked)
  const shown = { ...data }
  delete shown.request_id
  delete shown.portoneError
  if (asked.callback !== null) asked.callback(shown)
  else if (imp.phone && !shown.success && shown.error_msg) {
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
  if (asked.sheet !== null) hide(asked.sheet)
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
  addSheet,
  display,
  hide,
  requestPay,
  pickChannel,
  isNew,
  refuse,
  wrongType,
  wantsPopup,
  ask,
  tell,
  flush,
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
