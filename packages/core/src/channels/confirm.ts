import { isFields, isNothing, readSingle } from '../values/fields.ts'
import type { ImpUid, MerchantUid } from '../values/ids.ts'
import { fail, ok, type Result } from '../values/result.ts'
import { type NoticeFailure, readIds } from './notice.ts'

/** The request that the provider sends to `confirm_url` before it approves a payment. */
export interface ConfirmRequest {
  /** `counter` when the buyer pays at a convenience store (`Galaxia.Cvs.Confirm`). */
  readonly kind: 'payment' | 'counter'
  /** The payment that waits for approval. */
  readonly impUid: ImpUid
  /** The order that it claims to pay. */
  readonly merchantUid: MerchantUid
  /** The wire amount to be approved, in the currency's unit; null in the generation that sends a status instead. */
  readonly amount: number | null
}

// Four decimals is the most that a currency has; the order says how many it allows.
const decimal = /^\d{1,15}(\.\d{1,4})?$/

/**
 * Parses the confirm request. Like the webhook it is not authenticated: respond from the order alone, and do
 * not treat an approval as a payment.
 *
 * @param value The decoded JSON object or form; any value is allowed.
 * @returns The request. Failures: `body_malformed` when the value is not an object, has an unknown `event`
 * or an `amount` that is not a number; `id_missing` or `id_malformed` for its ids; `field_duplicated` when an
 * id has two values.
 *
 * @example
 * ```ts
 * import { parseConfirm } from '@quayside/core'
 *
 * console.log(parseConfirm({ imp_uid: 'imp_1', merchant_uid: 'ORD-1', amount: 1004 }))
 * ```
 *
 * @see https://developers.portone.io/opi/ko/extra/confirm-process/readme-v1
 */
export function parseConfirm(value: unknown): Result<ConfirmRequest, NoticeFailure> {
  if (!isFields(value)) return fail({ reason: 'body_malformed' })
  const ids = readIds(value)
  if (!ids.ok) return ids
  const { impUid, merchantUid } = ids.value
  if (impUid === null) return fail({ reason: 'id_missing', field: 'imp_uid' })
  if (merchantUid === null) return fail({ reason: 'id_missing', field: 'merchant_uid' })
  const event = readSingle(value, 'event')
  const isCounter = event === 'Galaxia.Cvs.Confirm'
  if (!isCounter && !isNothing(event)) return fail({ reason: 'body_malformed' })
  const amount = readAmount(readSingle(value, 'amount'))
  if (amount === undefined) return fail({ reason: 'body_malformed' })
  return ok({ kind: isCounter ? 'counter' : 'payment', impUid, merchantUid, amount })
}

/** Null without an amount, undefined for an invalid one. The encoding is not documented: a form has only text. */
function readAmount(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null
  if (typeof value === 'number') return value
  return typeof value === 'string' && decimal.test(value) ? Number(value) : undefined
}
