import { readText } from '../values/fields.ts'
import { ok, type Result } from '../values/result.ts'
import { parseForm } from './body.ts'
import { type Notice, type NoticeFailure, readBrowserNotice } from './notice.ts'

/**
 * Parses the query (or the posted form) with which a phone returns to `m_redirect_url`.
 *
 * The merchant's own parameters are ignored, and may repeat those of the result; an id with two values is ambiguous
 * and a failure. The return of an identity verification looks like that of a payment: only the lookup
 * distinguishes them.
 *
 * @param query Form-encoded text, with or without its `?`.
 * @returns The notice. Failures: `id_missing` when `imp_uid` is missing and no failure is claimed; `id_malformed` for
 * either id; `field_duplicated`; `browser_sdk_v2`; `too_many_fields` above 256.
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
