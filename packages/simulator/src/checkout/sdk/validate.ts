// Runs in the merchant's page, sent by `script.ts`.

type Fields = Record<string, unknown>

/** What the script answers before it asks the core, in the very shapes (and spelling) merchants have met; null to go on. */
export function validateRequest(
  channel: { readonly type: string } | null,
  params: Fields,
  usesNewModule: boolean,
): Fields | null {
  const { merchant_uid } = params
  const base = { success: false, imp_uid: null, merchant_uid }
  if (channel === null) {
    const error_msg = '등록 된 PG 설정 정보를 찾을 수 없습니다.'
    return { ...base, error_code: 'NOT_READY', error_msg }
  }
  if (channel.type !== 'payment') {
    const error_msg =
      '등록되지 않은 PG모듈 정보입니다. 아임포트 관리자페이지에서 PG모듈 정보를 설정하신 후 다시 시도해주세요.'
    return { imp_success: false, imp_uid: null, merchant_uid, error_coe: 'F1001', error_msg }
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

/** Everything `refuse` calls, for `script.ts` to send along. */
export const validateParts = [typeErrorOf, takesNoMoney]
