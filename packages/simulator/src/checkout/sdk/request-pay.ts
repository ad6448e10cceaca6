/// <reference lib="dom" />
// Runs in the merchant's page, sent by `script.ts`: `IMP.request_pay`, from its parameters to the first word to the core.

import type { Talk } from './frame-messages.ts'
import type { Modules } from './new-module.ts'
import type { Asked, Channel, Fields, Imp } from './sdk-state.ts'
import type { refuse } from './validate.ts'

/** What a request goes through. */
interface Ways {
  readonly talk: Talk
  readonly modules: Modules
  readonly refuse: typeof refuse
}

/** Makes `IMP.request_pay`. */
export function createRequest(imp: Imp, ways: Ways): (params?: Fields, callback?: unknown) => void {
  return (params, callback) => requestPay(imp, ways, params, callback)
}

function requestPay(
  imp: Imp,
  { talk, modules, refuse: refusalOf }: Ways,
  given: Fields | undefined,
  callback: unknown,
): void {
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
  const refusal = refusalOf(asked.channel, params, isNew(asked)) ?? openPopup(imp, asked)
  if (refusal !== null) return talk.answer(asked, refusal)
  if (isNew(asked)) void modules.prepare(asked)
  else talk.ask(asked)
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

/** Everything `createRequest` calls, for `script.ts` to send along. */
export const requestParts = [requestPay, pickChannel, isNew, openPopup, wantsPopup]
