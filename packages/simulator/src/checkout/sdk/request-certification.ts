/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: `IMP.certification`.

type Fields = Record<string, unknown>

/** What the script knows of its page and merchant. */
export interface SdkHost {
  readonly page: Window
  readonly baseUrl: string
  readonly isMobile: boolean
  userCode: string | null
  tierCode: string | null
  channels: readonly CertificationChannel[]
}

interface CertificationChannel {
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
export function createCertification(host: SdkHost): (params?: Fields, callback?: unknown) => void {
  const pending = new Map<string, Verification>()
  host.page.addEventListener('message', (event) => receiveCertification(host, pending, event))
  return (params, callback) => startCertification(host, pending, params, callback)
}

function startCertification(
  host: SdkHost,
  pending: Map<string, Verification>,
  params: Fields = {},
  callback?: unknown,
): void {
  if (host.userCode === null) {
    host.page.alert('판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.')
    return
  }
  const id = `req_${Date.now()}_${pending.size}`
  const merchantUid = params.merchant_uid || `nobody_${Date.now()}`
  const isPopup = !host.isMobile || params.popup === true
  const channel = pickCertificationChannel(host.channels, params)
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
  pending.set(id, verification)
  const refusal = validateCertification(
    channel,
    merchantUid,
    isPopup && verification.popup === null,
  )
  if (refusal !== null) finishCertification(host, pending, verification, refusal)
  else
    void openCertification(host, pending, verification, {
      ...params,
      merchant_uid: merchantUid,
      channel,
    })
}

/** By key, or by provider and then MID; a `pg` that matches nothing gets the first one without a word. */
function pickCertificationChannel(
  channels: readonly CertificationChannel[],
  params: Fields,
): CertificationChannel | null {
  if (params.channelKey) {
    return channels.find(({ channel_key }) => channel_key === params.channelKey) ?? null
  }
  const certificationChannels = channels.filter(({ type }) => type === 'certification')
  const [provider, ...mid] = typeof params.pg === 'string' ? params.pg.split('.') : []
  const ofProvider = certificationChannels.filter(({ pg_provider }) => pg_provider === provider)
  const exact = ofProvider.find(({ pg_id }) => pg_id === mid.join('.'))
  return exact ?? ofProvider[0] ?? certificationChannels[0] ?? null
}

function validateCertification(
  channel: CertificationChannel | null,
  merchant_uid: unknown,
  isBlocked: boolean,
): Fields | null {
  const base = { imp_uid: null, merchant_uid }
  if (channel === null) {
    const error_msg = '등록 된 PG 설정 정보를 찾을 수 없습니다.'
    return { success: false, ...base, error_code: 'NOT_READY', error_msg }
  }
  if (channel.type !== 'certification') {
    const error_msg =
      '등록되지 않은 PG모듈 정보입니다. 아임포트 관리자페이지에서 PG모듈 정보를 설정하신 후 다시 시도해주세요.'
    return { imp_success: false, ...base, error_coe: 'F1001', error_msg }
  }
  if (!isBlocked) return null
  return { ...base, error_code: 'NOT READY', error_msg: '팝업을 호출하는데 실패하였습니다.' }
}

async function openCertification(
  host: SdkHost,
  pending: Map<string, Verification>,
  verification: Verification,
  params: Fields,
): Promise<void> {
  const returnMethod = verification.popup === null ? 'redirect' : 'callback'
  const { userCode, tierCode } = host
  const data = { userCode, tierCode, params, requestId: verification.id, returnMethod }
  const response = await postJson(`${host.baseUrl}/certificates/open`, data)
  if (typeof response.url !== 'string') {
    finishCertification(host, pending, verification, response)
    return
  }
  verification.impUid = String(response.imp_uid)
  const url = `${host.baseUrl}${response.url}`
  if (verification.popup === null) {
    host.page.location.href = url
    return
  }
  verification.popup.location.href = url
  verification.timer = host.page.setInterval(() => {
    if (verification.popup?.closed) void closeCertification(host, pending, verification)
  }, 100)
}

/** The popup was closed: the core decides what became of it. */
async function closeCertification(
  host: SdkHost,
  pending: Map<string, Verification>,
  verification: Verification,
): Promise<void> {
  host.page.clearInterval(verification.timer)
  const path = `/certificates/closing/${encodeURIComponent(String(verification.impUid))}`
  const response = await postJson(`${host.baseUrl}${path}`, {})
  if (pending.has(verification.id)) finishCertification(host, pending, verification, response)
}

async function postJson(url: string, data: Fields): Promise<Fields> {
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(data) })
    return await response.json()
  } catch (cause) {
    return { success: false, imp_uid: null, error_code: 'F500', error_msg: String(cause) }
  }
}

function receiveCertification(
  host: SdkHost,
  pending: Map<string, Verification>,
  event: MessageEvent,
): void {
  if (event.origin !== host.baseUrl || typeof event.data !== 'string') return
  const { action, data } = JSON.parse(event.data)
  const verification = action === 'certification' ? pending.get(data.request_id) : undefined
  if (verification !== undefined) finishCertification(host, pending, verification, data)
}

function finishCertification(
  host: SdkHost,
  pending: Map<string, Verification>,
  verification: Verification,
  data: Fields,
): void {
  pending.delete(verification.id)
  host.page.clearInterval(verification.timer)
  verification.popup?.close()
  const result = { ...data }
  delete result.request_id
  if (typeof verification.callback === 'function') verification.callback(result)
}

/** Everything `createCertification` calls, for `script.ts` to send along. */
export const certificationParts = [
  startCertification,
  pickCertificationChannel,
  validateCertification,
  openCertification,
  closeCertification,
  postJson,
  receiveCertification,
  finishCertification,
]
