import { parseForm } from './body.ts'
import { readText } from './fields.ts'
import { type Notice, type NoticeFailure, readBrowserNotice } from './notice.ts'
import { ok, type Result } from './result.ts'

/**
 * Reads the query (or the posted form) with which a phone returns to `m_redirect_url`.
 *
 * The merchant's own parameters are ignored; a result parameter that occurs twice has no single reading
 * and is refused. The return of an identity verification looks like that of a payment: only the lookup
 * tells them apart.
 *
 * @param query Form-encoded text, with or without its `?`.
 * @returns What the browser says; `id_missing`, `id_malformed`, `field_duplicated`, `too_many_fields`.
 *
 * @example
 * ```ts
 * import { parseRedirect } from '@quayside/core'
 *
 * console.log(parseRedirect('?imp_uid=imp_448280090638&merchant_uid=ORD-1&imp_success=true').ok)
 * ```
 *
 * @see https://developers.portone.io/opi/ko/integration/start/v1/auth
 */
export function parseRedirect(query: string): Result<Notice, NoticeFailure> {
  const fields = parseForm(query)
  if (!fields.ok) return fields
  const notice = readBrowserNotice(fields.value, 'redirect')
  if (!notice.ok) return notice
  const quickpay = readText(fields.value, 'kcp_action')
  return quickpay === null || quickpay === 'Pay'
    ? notice
    : ok({ kind: 'quickpay_registration', channel: 'redirect' })
}
