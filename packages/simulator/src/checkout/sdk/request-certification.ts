// `IMP.certification`.
import {
  channelOfAnotherType,
  channelUnknown,
  notInitialized,
  popupBlocked,
} from './error-texts.ts'
import { pickChannel } from './pick-channel.ts'
import { readMessage } from './read-message.ts'
import type { Channel, Fields, SdkState } from './sdk-state.ts'

interface Verification {
  readonly id: string
  readonly merchantUid: unknown
  readonly popup: Window | null
  readonly callback: unknown
  impUid: string | null
  timer: number
}

/** Makes `IMP.certification`: a popup on a PC, the whole page on a phone that does not request a popup. */
export function createCertification(sdk: SdkState): (params?: Fields, callback?: unknown) => void {
  const pending = new Map<string, Verification>()
  sdk.page.addEventListener('message', (event) => receiveCertification(sdk, pending, event))
  return (params, callback) => startCertification(sdk, pending, params, callback)
}

function startCertification(
  sdk: SdkState,
  pending: Map<string, Verification>,
  params: Fields = {},
  callback?: unknown,
): void {
  if (sdk.userCode === null) {
    sdk.page.alert(notInitialized)
    return
  }
  const id = `req_${Date.now()}_${pending.size}`
  const merchantUid = params.merchant_uid || `nobody_${Date.now()}`
  const isPopup = !sdk.isMobile || params.popup === true
  const candidates = sdk.channels.filter(({ type }) => type === 'certification')
  const channel = pickChannel(sdk.channels, params, candidates)
  const verification: Verification = {
    id,
    merchantUid,
    // Opened during the buyer's click: browsers block a popup that opens later.
    popup:
      isPopup && channel?.type === 'certification'
        ? sdk.page.open('', '_blank', 'popup,width=420,height=640')
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
  if (refusal !== null) finishCertification(sdk, pending, verification, refusal)
  else
    void openCertification(sdk, pending, verification, {
      ...params,
      merchant_uid: merchantUid,
      channel,
    })
}

function validateCertification(
  channel: Channel | null,
  merchant_uid: unknown,
  isBlocked: boolean,
): Fields | null {
  const base = { imp_uid: null, merchant_uid }
  if (channel === null) {
    return { success: false, ...base, error_code: 'NOT_READY', error_msg: channelUnknown }
  }
  if (channel.type !== 'certification') {
    return { imp_success: false, ...base, error_coe: 'F1001', error_msg: channelOfAnotherType }
  }
  if (!isBlocked) return null
  return { ...base, error_code: 'NOT READY', error_msg: popupBlocked }
}

async function openCertification(
  sdk: SdkState,
  pending: Map<string, Verification>,
  verification: Verification,
  params: Fields,
): Promise<void> {
  const returnMethod = verification.popup === null ? 'redirect' : 'callback'
  const { userCode, tierCode } = sdk
  const ids = { userCode, tierCode, requestId: verification.id }
  const data = { ...ids, params, returnMethod, pageUrl: sdk.page.location.href }
  const response = await postJson(`${sdk.baseUrl}/certificates/open`, data)
  if (typeof response.url !== 'string') {
    finishCertification(sdk, pending, verification, response)
    return
  }
  verification.impUid = String(response.imp_uid)
  const url = `${sdk.baseUrl}${response.url}`
  if (verification.popup === null) {
    sdk.page.location.href = url
    return
  }
  verification.popup.location.href = url
  verification.timer = sdk.page.setInterval(() => {
    if (verification.popup?.closed) void closeCertification(sdk, pending, verification)
  }, 100)
}

/** The popup was closed: the server decides how the verification ended. */
async function closeCertification(
  sdk: SdkState,
  pending: Map<string, Verification>,
  verification: Verification,
): Promise<void> {
  sdk.page.clearInterval(verification.timer)
  const path = `/certificates/closing/${encodeURIComponent(String(verification.impUid))}`
  const response = await postJson(`${sdk.baseUrl}${path}`, {})
  if (pending.has(verification.id)) finishCertification(sdk, pending, verification, response)
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
  sdk: SdkState,
  pending: Map<string, Verification>,
  event: MessageEvent,
): void {
  const message = event.origin === sdk.baseUrl ? readMessage(event) : null
  if (message?.action !== 'certification') return
  const { data } = message
  const verification = pending.get(String(data.request_id))
  if (verification !== undefined) finishCertification(sdk, pending, verification, data)
}

function finishCertification(
  sdk: SdkState,
  pending: Map<string, Verification>,
  verification: Verification,
  data: Fields,
): void {
  pending.delete(verification.id)
  sdk.page.clearInterval(verification.timer)
  verification.popup?.close()
  const result = { ...data }
  delete result.request_id
  if (typeof verification.callback === 'function') verification.callback(result)
}
