import { isFields, readField } from './fields.ts'
import { type Notice, type NoticeFailure, readBrowserNotice } from './notice.ts'
import { fail, ok, type Result } from './result.ts'

// Nothing parsed here is trusted: these fields pass through the buyer's browser.

/**
 * Parses the object that `IMP.request_pay` passes to its callback, or the part of it that a page posted.
 *
 * Old modules flag their result (`success`, some `imp_success`), new ones send only ids, and a failure
 * before the payment window has no `imp_uid`: all of them are accepted, none is trusted.
 *
 * @param value The decoded object; any value is allowed.
 * @returns The notice. Failures: `body_malformed` when the value is not an object; `id_missing` or
 * `id_malformed` when `merchant_uid` or, unless a failure is claimed, `imp_uid` is missing or malformed;
 * `field_duplicated` when a field occurs twice.
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
