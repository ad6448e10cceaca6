import { isFields, readField, readText } from './fields.ts'
import { type Notice, type NoticeFailure, type PaymentNotice, readIds } from './notice.ts'
import { fail, ok, type Result } from './result.ts'

/**
 * Reads the decoded body of a webhook. It is unsigned: whoever knows the address can send it.
 *
 * A body with an `event` is about escrow or a counter, even when its status says `paid`. The console's
 * "call test" is recognised by its literal ids.
 *
 * @param value The decoded JSON object or form; anything at all.
 * @returns What the sender says; `id_missing`, `id_malformed`, `field_duplicated`, `body_malformed`.
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
  // Explicit nulls mean "absent" on this wire; anything else there is an event we cannot name.
  if ((readField(value, 'event') ?? null) !== null) return fail({ reason: 'body_malformed' })

  const ids = readIds(value)
  if (!ids.ok) return ids
  const { impUid, merchantUid } = ids.value
  if (impUid === null) return fail({ reason: 'id_missing', field: 'imp_uid' })
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
