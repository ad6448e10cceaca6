// The new modules, which call the server from the page itself.
import type { FrameMessages } from './frame-messages.ts'
import type { Fields, PendingRequest, SdkState } from './sdk-state.ts'

/** The requests of new modules. */
export interface Modules {
  /** Requests a window from the server. */
  prepare(request: PendingRequest): Promise<void>
  /** Reads the status of a payment whose window was closed by force. */
  poll(request: PendingRequest): Promise<void>
}

/** Makes the new modules of one page. */
export function createModules(sdk: SdkState, messages: FrameMessages): Modules {
  return {
    prepare: (request) => prepare(sdk, messages, request),
    poll: (request) => pollStatus(sdk, messages, request),
  }
}

async function prepare(
  sdk: SdkState,
  messages: FrameMessages,
  request: PendingRequest,
): Promise<void> {
  const { merchant_uid, customer_uid } = request.params
  const actionType = customer_uid ? 'REQUEST_ISSUE_BILLING_KEY' : 'REQUEST_PAY'
  const data = { userCode: sdk.userCode, tierCode: sdk.tierCode, ...request.params, actionType }
  const deviceInfo = { userAgent: sdk.page.navigator.userAgent }
  const opened = await callServer(`${sdk.baseUrl}/api/prepare/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data, deviceInfo, sdkVersion: '1.19.0', requestId: request.id }),
  })
  if (opened.error_code) messages.finish(request, { merchant_uid, ...opened })
  else messages.show(request, opened)
}

/** The fields of the response; only `error_code` and `error_msg` when there is none. */
async function callServer(url: string, init?: RequestInit): Promise<Fields> {
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

/** Reads the status of the payment once a second, up to five times. */
async function pollStatus(
  sdk: SdkState,
  messages: FrameMessages,
  request: PendingRequest,
): Promise<void> {
  if (request.frame !== null) sdk.frameHost.hide(request.frame)
  const ids = { imp_uid: request.impUid, merchant_uid: request.params.merchant_uid }
  const url = `${sdk.baseUrl}/api/status/v1?imp_uid=${encodeURIComponent(String(request.impUid))}`
  for (let turn = 0; turn < 5; turn += 1) {
    const status = await callServer(url)
    if (status.error_code) return messages.finish(request, { ...ids, ...failureOf(status) })
    if (status.status === 'paid' || status.status === 'issued') return messages.finish(request, ids)
    await new Promise((resolve) => sdk.page.setTimeout(resolve, 1000))
  }
  const error_msg = '사용자가 결제를 취소하였습니다.'
  messages.finish(request, { ...ids, error_code: 'F400', error_msg })
}

function failureOf({ error_code, error_msg, pg_code, pg_message }: Fields): Fields {
  const isByPg = typeof pg_code === 'string' && typeof pg_message === 'string'
  return isByPg
    ? { error_code, error_msg: `[${pg_code}] ${pg_message}` }
    : { error_code, error_msg }
}
