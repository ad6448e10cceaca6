import {
  type Fields,
  isFields,
  isNothing,
  readField,
  readSingle,
  readText,
} from '../values/fields.ts'
import type { ImpUid, MerchantUid } from '../values/ids.ts'
import { fail, ok, type Result } from '../values/result.ts'
import { type NoticeFailure, readIds } from './notice.ts'

const statuses = {
  '2': 'delivery_registered',
  '3': 'confirmed',
  '31': 'confirmed_automatically',
  '32': 'confirmed_by_pg',
  '4': 'refused',
  '8': 'cancelled',
  '10': 'refusal_confirmed',
} as const

/** What became of a payment in escrow, by the code of Inicis (`escrow_status`). */
export type EscrowStatus = (typeof statuses)[keyof typeof statuses]

/**
 * What a webhook claims about a payment in escrow. The payment's record does not show it, and the webhook is not signed: look
 * the payment up, and take the claim from the provider's addresses only.
 */
export interface EscrowChange {
  /** The payment in escrow. */
  readonly impUid: ImpUid
  /** The order that it claims to be of. */
  readonly merchantUid: MerchantUid
  /** What became of it. */
  readonly status: EscrowStatus
  /** When it changed; null when the message does not say. */
  readonly changedAt: Date | null
  /** Why the buyer refused the purchase; null without a reason. */
  readonly deniedReason: string | null
}

/**
 * Parses the webhook `Inicis.Escrow.Changed`, which only Inicis causes: the delivery of a payment in escrow was registered,
 * or the buyer confirmed or refused the purchase.
 *
 * @param value The decoded JSON object; any value is allowed.
 * @returns The change. Failures: `body_malformed` for another event, an unknown `escrow_status` or a `changed_at` that is no
 * time; `id_missing` and `id_malformed` for either id; `field_duplicated` when an id has two values.
 *
 * @example
 * ```ts
 * import { parseEscrowChange } from '@quayside/core'
 *
 * const ids = { imp_uid: 'imp_1', merchant_uid: 'ORD-1' }
 * const extra = { escrow_status: '4', changed_at: 1764200000, denied_reason: '단순 변심' }
 * const change = parseEscrowChange({ event: 'Inicis.Escrow.Changed', ...ids, status: 'paid', extra })
 * console.log(change.ok && change.value.status) // refused
 * ```
 *
 * @see https://developers.portone.io/opi/ko/integration/pg/v1/inicis
 */
export function parseEscrowChange(value: unknown): Result<EscrowChange, NoticeFailure> {
  if (!isFields(value) || readText(value, 'event') !== escrowEvent) return malformed
  const ids = readIds(value)
  if (!ids.ok) return ids
  const { impUid, merchantUid } = ids.value
  if (impUid === null) return fail({ reason: 'id_missing', field: 'imp_uid' })
  if (merchantUid === null) return fail({ reason: 'id_missing', field: 'merchant_uid' })
  const extra = readField(value, 'extra')
  if (!isFields(extra)) return malformed
  const status = readStatus(extra)
  const changedAt = readTime(readSingle(extra, 'changed_at'))
  if (status === null || changedAt === undefined) return malformed
  const deniedReason = readText(extra, 'denied_reason')?.slice(0, maxReason) ?? null
  return ok({ impUid, merchantUid, status, changedAt, deniedReason })
}

/** The `event` of a webhook about escrow. */
export const escrowEvent = 'Inicis.Escrow.Changed'

const malformed = fail({ reason: 'body_malformed' } as const)

/** The text is the buyer's, and shown to the merchant. */
const maxReason = 500

/** The last second of the year 9999, in seconds. */
const maxSeconds = 253_402_300_799

function readStatus(extra: Fields): EscrowStatus | null {
  const code = String(readSingle(extra, 'escrow_status'))
  return Object.entries(statuses).find(([each]) => each === code)?.[1] ?? null
}

/** Null without a time, undefined for one that is none. */
function readTime(value: unknown): Date | null | undefined {
  if (isNothing(value) || value === 0) return null
  const isTime = typeof value === 'number' && Number.isInteger(value) && value > 0
  // oxlint-disable-next-line eslint/no-restricted-globals -- an instant the provider wrote, not the clock
  return isTime && value <= maxSeconds ? new Date(value * 1_000) : undefined
}
