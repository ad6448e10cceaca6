/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: `IMP.request_pay`, from its parameters to the first word to the core.

import type { FrameMessages } from './frame-messages.ts'
import type { Modules } from './new-module.ts'
import type { Channel, Fields, PendingRequest, SdkState } from './sdk-state.ts'
import type { validateRequest } from './validate.ts'

/** What a request goes through. */
interface RequestDeps {
  readonly messages: FrameMessages
  readonly modules: Modules
  readonly validate: typeof validateRequest
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
  { messages, modules, validate: refusalOf }: RequestDeps,
  given: Fields | undefined,
  callback: unknown,
): void {
  if (!given) return sdk.page.alert('결제요청 파라메터가 누락되었습니다.')
  if (sdk.userCode === null) {
    return sdk.page.alert('판매자 코드가 설정되지 않았습니다. IMP.init()함수를 먼저 호출하세요.')
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
    refusalOf(request.channel, params, usesNewModule(request)) ?? openPopup(sdk, request)
  if (refusal !== null) return messages.finish(request, refusal)
  if (usesNewModule(request)) void modules.prepare(request)
  else messages.send(request)
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
function usesNewModule({ channel, params }: PendingRequest): boolean {
  if (channel?.pg_provider === 'tosspayments' && params.customer_uid) return false
  return channel?.module === 'new'
}

/** Opens the popup now, in the buyer's own click: later, browsers would block it. */
function openPopup(sdk: SdkState, request: PendingRequest): Fields | null {
  if (!wantsPopup(request)) return null
  request.popup = sdk.page.open('', '_blank', 'popup,width=420,height=640')
  if (request.popup !== null) return null
  const { merchant_uid } = request.params
  const error_msg = '팝업을 호출하는데 실패하였습니다.'
  return { imp_uid: null, merchant_uid, error_code: 'NOT READY', error_msg }
}

function wantsPopup({ channel, params }: PendingRequest): boolean {
  return params.popup === true || (channel?.pg_provider === 'eximbay' && params.popup !== false)
}

/** Everything `createRequest` calls, for `script.ts` to send along. */
export const requestParts = [requestPay, pickChannel, usesNewModule, openPopup, wantsPopup]
