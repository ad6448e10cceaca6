import { isFields } from '../values/fields.ts'
import { fail, type Result } from '../values/result.ts'
import { type Notice, type NoticeFailure, readBrowserNotice } from './notice.ts'

// Nothing parsed here is trusted: these fields pass through the buyer's browser.

/**
 * Parses the object that `IMP.request_pay` passes to its callback, or the part of it that a page posted.
 *
 * Old modules flag their result (`success`, some `imp_success`), new ones send only ids, the guide's own page sends
 * only `imp_uid`, and a failure before the payment window may have no id at all: all of them are accepted, none is
 * trusted.
 *
 * @param value The decoded object; any value is allowed.
 * @returns The notice. Failures: `body_malformed` when the value is not an object; `id_missing` when `imp_uid` is
 * missing and no failure is claimed; `id_malformed` for either id; `field_duplicated` when an id has two values;
 * `browser_sdk_v2` for a result of the V2 script.
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
  return isFields(value) ? readBrowserNotice(value, 'callback') : fail({ reason: 'body_malformed' })
}
