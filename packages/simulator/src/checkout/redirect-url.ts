import type { WindowResult } from '../domain/payment/window.ts'

/**
 * The address a phone returns to: the shop's own address, its query unchanged, with the result appended.
 *
 * Old modules add `imp_success`, KCP QuickPay `imp_status`; new modules add no flag. Without an address the buyer ends on the
 * provider's own page, and the shop receives no result from the browser.
 */
export function toRedirectUrl(
  redirectUrl: string | null,
  module: 'legacy' | 'new',
  result: WindowResult,
): string {
  const { imp_uid, merchant_uid, ok } = result
  if (redirectUrl === null || !URL.canParse(redirectUrl)) {
    const page = ok ? '/payments/success' : '/payments/fail'
    return appendFields(page, { success: String(ok), imp_uid, merchant_uid, ...failure(result) })
  }
  const flag = flagsOf(module, result)
  const { customer_uid } = result.payment
  const key = module === 'new' && typeof customer_uid === 'string' ? { customer_uid } : {}
  return appendFields(redirectUrl, { imp_uid, merchant_uid, ...key, ...flag, ...failure(result) })
}

function flagsOf(
  module: 'legacy' | 'new',
  { ok, payment, kcp_action }: WindowResult,
): Record<string, string> {
  if (payment.pg_provider === 'kcp_quick') {
    return { imp_status: String(ok), ...(kcp_action === undefined ? {} : { kcp_action }) }
  }
  return module === 'legacy' ? { imp_success: String(ok) } : {}
}

function failure({ ok, error_code, error_msg }: WindowResult): Record<string, string> {
  if (ok) return {}
  return {
    ...(error_code === null ? {} : { error_code }),
    ...(error_msg === null ? {} : { error_msg }),
  }
}

/** Appends fields to an address as text: URLSearchParams would rewrite the shop's own query. */
export function appendFields(url: string, fields: Readonly<Record<string, string>>): string {
  const [address = '', ...hash] = url.split('#')
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  )
  const separator = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return [`${address}${separator}${pairs.join('&')}`, ...hash].join('#')
}
