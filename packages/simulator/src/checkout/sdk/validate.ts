import { channelOfAnotherType, channelUnknown } from './error-texts.ts'
import type { Channel, Fields } from './sdk-state.ts'

/** The refusal the script itself returns, in the shapes (and spelling) of the real one; null when the server may be called. */
export function validateRequest(
  channel: Channel | null,
  params: Fields,
  usesNewModule: boolean,
): Fields | null {
  const { merchant_uid } = params
  const base = { success: false, imp_uid: null, merchant_uid }
  if (channel === null) {
    return { ...base, error_code: 'NOT_READY', error_msg: channelUnknown }
  }
  if (channel.type !== 'payment') {
    const ids = { imp_uid: null, merchant_uid }
    return { imp_success: false, ...ids, error_coe: 'F1001', error_msg: channelOfAnotherType }
  }
  const error_msg = typeErrorOf(params)
  if (error_msg === null) return null
  const failure = { error_code: 'F400', error_msg }
  return usesNewModule ? { merchant_uid, ...failure } : { ...base, ...failure }
}

function typeErrorOf(params: Fields): string | null {
  if (!takesNoMoney(params) && typeof params.amount !== 'number')
    return 'amount 파라미터는 숫자여야 합니다.'
  if (typeof params.merchant_uid !== 'string') return 'merchant_uid 파라미터는 문자열이어야 합니다.'
  return null
}

/** A KCP QuickPay window that takes no money. */
function takesNoMoney({ bypass }: Fields): boolean {
  const { kcpQuick } = Object(bypass)
  const { actionType } = Object(kcpQuick)
  return typeof actionType === 'string' && actionType !== 'Pay'
}
