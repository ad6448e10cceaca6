// `IMP.request_pay`, from its parameters to the first message to the server.
import { notInitialized, popupBlocked } from './error-texts.ts'
import type { FrameMessages } from './frame-messages.ts'
import type { Modules } from './new-module.ts'
import { pickChannel } from './pick-channel.ts'
import type { Fields, PendingRequest, SdkState } from './sdk-state.ts'
import { validateRequest } from './validate.ts'

/** How a request is sent: through the frame of its channel, or by a new module. */
interface RequestDeps {
  readonly messages: FrameMessages
  readonly modules: Modules
}

/** Makes `IMP.request_pay`. */
export function createRequest(
  sdk: SdkState,
  deps: RequestDeps,
): (params?: Fields, callback?: unknown) => void {
  return (params, callback) => requestPay(sdk, deps, params, callback)
}

function requestPay(
  sdk: SdkState,
  { messages, modules }: RequestDeps,
  given: Fields | undefined,
  callback: unknown,
): void {
  if (!given) return sdk.page.alert('결제요청 파라메터가 누락되었습니다.')
  if (sdk.userCode === null) {
    return sdk.page.alert(notInitialized)
  }
  let now = Date.now()
  while (sdk.requests.has(`req_${now}`)) now += 1
  const merchant_uid = given.merchant_uid || `nobody_${now}`
  const params = { ...given, merchant_uid, pay_method: given.pay_method || 'card' }
  const request: PendingRequest = {
    id: `req_${now}`,
    params,
    channel: pickChannel(sdk.channels, given),
    callback: typeof callback === 'function' ? (response) => callback(response) : null,
    popup: null,
    frame: null,
    impUid: null,
    timer: 0,
  }
  sdk.requests.set(request.id, request)
  const refusal =
    validateRequest(request.channel, params, usesNewModule(request)) ?? openPopup(sdk, request)
  if (refusal !== null) return messages.finish(request, refusal)
  if (usesNewModule(request)) void modules.prepare(request)
  else messages.send(request)
}

// Toss Payments issues billing keys by its old module.
function usesNewModule({ channel, params }: PendingRequest): boolean {
  if (channel?.pg_provider === 'tosspayments' && params.customer_uid) return false
  return channel?.module === 'new'
}

/** Opens the popup during the buyer's click: browsers block a popup that opens later. */
function openPopup(sdk: SdkState, request: PendingRequest): Fields | null {
  if (!wantsPopup(request)) return null
  request.popup = sdk.page.open('', '_blank', 'popup,width=420,height=640')
  if (request.popup !== null) return null
  const { merchant_uid } = request.params
  return { imp_uid: null, merchant_uid, error_code: 'NOT READY', error_msg: popupBlocked }
}

function wantsPopup({ channel, params }: PendingRequest): boolean {
  return params.popup === true || (channel?.pg_provider === 'eximbay' && params.popup !== false)
}
