import { isFields, isNothing, readSingle, readText } from '../values/fields.ts'
import { fail, ok, type Result } from '../values/result.ts'
import {
  failWithoutPayment,
  isCertification,
  type Notice,
  type NoticeFailure,
  type PaymentNotice,
  readIds,
  toCertification,
} from './notice.ts'

/**
 * Parses the decoded body of a webhook. It is not signed: anybody who knows the URL can send one.
 *
 * A body with an `event` is about escrow or a convenience store, even with the status `paid`. The test webhook
 * of the provider's console is recognised by its fixed ids.
 *
 * @param value The decoded JSON object or form; any value is allowed.
 * @returns The notice. Failures: `body_malformed` when the value is not an object or `event` is not text;
 * `id_missing` without `imp_uid`; `id_malformed` for either id; `field_duplicated` when an id has two values;
 * `webhook_v2` for a webhook of version V2.
 *
 * @example
 * ```ts
 * import { parseBody, parseWebhook } from '@quayside/core'
 *
 * const body = parseBody('application/x-www-form-urlencoded', 'imp_uid=imp_1&merchant_uid=A&status=paid')
 * if (body.ok) console.log(parseWebhook(body.value))
 * ```
 *
 * @see https://developers.portone.io/opi/ko/integration/webhook/readme-v1
 */
export function parseWebhook(value: unknown): Result<Notice, NoticeFailure> {
  if (!isFields(value)) return fail({ reason: 'body_malformed' })
  const event = readText(value, 'event')
  if (event !== null) return ok({ kind: 'event', channel: 'webhook', event })
  // Any other value is an event without a readable name.
  if (!isNothing(readSingle(value, 'event'))) return fail({ reason: 'body_malformed' })

  if (isCertification(value)) return ok(toCertification('webhook'))
  const ids = readIds(value)
  if (!ids.ok) return ids
  const { impUid, merchantUid } = ids.value
  if (impUid === null) return failWithoutPayment(value, 'webhook')
  if (impUid === 'imp_1234567890' && merchantUid === 'merchant_1234567890') {
    return ok({ kind: 'console_test', channel: 'webhook' })
  }
  const claimedStatus = readText(value, 'status')
  return ok({
    kind: 'payment',
    channel: 'webhook',
    impUid,
    merchantUid,
    claim: toClaim(claimedStatus),
    claimedStatus,
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  })
}

function toClaim(status: string | null): PaymentNotice['claim'] {
  if (status === 'paid') return 'success'
  return status === 'failed' ? 'failure' : 'unknown'
}
