import { isFields, readField } from './fields.ts'
import { type Notice, type NoticeFailure, readBrowserNotice } from './notice.ts'
import { fail, ok, type Result } from './result.ts'

// Nothing read here is believed: these fields travel through the buyer's browser.

/**
 * Reads the object that `IMP.request_pay` gave its callback, or the part of it that a page posted.
 *
 * Old modules flag their result (`success`, some `imp_success`), new ones send only ids, and a refusal
 * before the window has no `imp_uid`: all of them are read, none is believed.
 *
 * @param value The decoded object; anything at all.
 * @returns What the browser says; `id_missing` or `id_malformed` when no order (or, unless it reports a
 * failure, no payment) can be asked about; `body_malformed` when it is not an object.
 *
 * @example
 * ```ts
 * import { parseCallback } from '@quayside/core'
 *
 * const notice = parseCallback({ imp_uid: 'imp_448280090638', merchant_uid: 'ORD-1' })
 * console.log(notice.ok && notice.value.kind === 'payment' && notice.value.claim) // 'unknown'
 * ```
 *
 * @see https://developers.portone.io/sdk/ko/v1-sdk/javascript-sdk/payrt
 */
export function parseCallback(value: unknown): Result<Notice, NoticeFailure> {
  if (!isFields(value)) return fail({ reason: 'body_malformed' })
  if (readField(value, 'pg_type') === 'certification') {
    return ok({ kind: 'certification', channel: 'callback' })
  }
  return readBrowserNotice(value, 'callback')
}
