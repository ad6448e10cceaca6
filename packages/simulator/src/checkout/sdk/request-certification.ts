/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: `IMP.certification`.

type Fields = Record<string, unknown>

/** What the script knows of its page and merchant. */
export interface Host {
  readonly page: Window
  readonly core: string
  readonly phone: boolean
  userCode: string | null
  tierCode: string | null
  channels: readonly Certifier[]
}

interface Certifier {
  readonly pg_provider: string
  readonly pg_id: string
  readonly channel_key: string
  readonly type: string
}

interface Verification {
  readonly id: string
  readonly merchantUid: unknown
  readonly popup: Window | null
  readonly callback: unknown
  impUid: string | null
  timer: number
}

/** Makes `IMP.certification`: a popup on a PC, the whole page on a phone that does not ask for a popup. */
export function createCertification(host: Host): (params?: Fields, callback?: unknown) => void {
  const open = new Map<string, Verification>()
  host.page.addEventListener('message', (event) => hearCertifier(host, open, event))
  return (params, callback) => certify(host, open, params, callback)
}

function certify(
  host: Host,
  open: Map<string, Verification>,
  params: Fields = {},
  callback?: unknown,
): void {
  if (host.userCode === null) {
    host.page.alert('판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.')
    return
  }
  const id = `req_${Date.now()}_${open.size}`
  const merchantUid = params.merchant_uid || `nobody_${Date.now()}`
  const isPopup = !host.phone || params.popup === true
  const channel = pickCertifier(host.channels, params)
  const verification: Verification = {
    id,
    merchantUid,
    // Opened now, in the buyer's own click: later, browsers would block it.
    popup:
      isPopup && channel?.type === 'certification'
        ? host.page.open('', '_blank', 'popup,width=420,height=640')
        : null,
    callback,
    impUid: null,
    timer: 0,
  }
  open.set(id, verification)
  const refusal = refuseCertifier(channel, merchantUid, isPopup && verification.popup === null)
  if (refusal !== null) endCertification(host, open, verification, refusal)
  else
    void showCertifier(host, open, verification, { ...params, merchant_uid: merchantUid, channel })
}

/** By key, or by provider and then MID; a `pg` that matches nothing gets the first one without a word. */
function pickCertifier(channels: readonly Certifier[], params: Fields): Certifier | null {
  if (params.channelKey) {
    return channels.find(({ channel_key }) => channel_key === params.channelKey) ?? null
  }
  const certifiers = channels.filter(({ type }) => type === 'certification')
  const [provider, ...mid] = typeof params.pg === 'string' ? params.pg.split('.') : []
  const ofProvider = certifiers.filter(({ pg_provider }) => pg_provider === provider)
  const exact = ofProvider.find(({ pg_id }) => pg_id === mid.join('.'))
  return exact ?? ofProvider[0] ?? certifiers[0] ?? null
}

function refuseCertifier(
  channel: Certifier | null,
  merchant_uid: unknown,
  isBlocked: boolean,
): Fields | null {
  const nowhere = { imp_uid: null, merchant_uid }
  if (channel === null) {
    const error_msg = '등록 된 PG 설정 정보를 찾을 수 없습니다.'
    return { success: false, ...nowhere, error_code: 'NOT_READY', error_msg }
  }
  if (channel.type !== 'certification') {
    const error_msg =
      '등록되지 않은 PG모듈 정보입니다. 아임포트 관리자페이지에서 PG모듈 정보를 설정하신 후 다시 시도해주세요.'
    return { imp_success: false, ...nowhere, error_coe: 'F1001', error_msg }
  }
  if (!isBlocked) return null
  return { ...nowhere, error_code: 'NOT READY', error_msg: '팝업을 호출하는데 실패하였습니다.' }
}

async function showCertifier(
  host: Host,
  open: Map<string, Verification>,
  verification: Verification,
  params: Fields,
): Promise<void> {
  const way = verification.popup === null ? 'redirect' : 'callback'
  const { userCode, tierCode } = host
  const data = { userCode, tierCode, params, requestId: verification.id, way }
  const answer = await askCertifier(`${host.core}/certificates/open`, data)
  if (typeof answer.url !== 'string') {
    endCertification(host, open, verification, answer)
    return
  }
  verification.impUid = String(answer.imp_uid)
  const url = `${host.core}${answer.url}`
  if (verification.popup === null) {
    host.page.location.href = url
    return
  }
  verification.popup.location.href = url
  verification.timer = host.page.setInterval(() => {
    if (verification.popup?.closed) void leaveCertifier(host, open, verification)
  }, 100)
}

/** The popup was closed: the core decides what became of it. */
async function leaveCertifier(
  host: Host,
  open: Map<string, Verification>,
  verification: Verification,
): Promise<void> {
  host.page.clearInterval(verification.timer)
  const path = `/certificates/closing/${encodeURIComponent(String(verification.impUid))}`
  const answer = await askCertifier(`${host.core}${path}`, {})
  if (open.has(verification.id)) endCertification(host, open, verification, answer)
}

async function askCertifier(url: string, data: Fields): Promise<Fields> {
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(data) })
    return await response.json()
  } catch (cause) {
    return { success: false, imp_uid: null, error_code: 'F500', error_msg: String(cause) }
  }
}

function hearCertifier(host: Host, open: Map<string, Verification>, event: MessageEvent): void {
  if (event.origin !== host.core || typeof event.data !== 'string') return
  const { action, data } = JSON.parse(event.data)
  const verification = action === 'certification' ? open.get(data.request_id) : undefined
  if (verification !== undefined) endCertification(host, open, verification, data)
}

function endCertification(
  host: Host,
  open: Map<string, Verification>,
  verification: Verification,
  data: Fields,
): void {
  open.delete(verification.id)
  host.page.clearInterval(verification.timer)
  verification.popup?.close()
  const shown = { ...data }
  delete shown.request_id
  if (typeof verification.callback === 'function') verification.callback(shown)
}

/** Everything `createCertification` calls, for `script.ts` to send along. */
export const certifyParts = [
  certify,
  pickCertifier,
  refuseCertifier,
  showCertifier,
  leaveCertifier,
  askCertifier,
  hearCertifier,
  endCertification,
]
