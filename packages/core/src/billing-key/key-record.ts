import { type Fields, isFields, readField, readText } from '../values/fields.ts'
import { fail, ok, type Result } from '../values/result.ts'

/** The provider's record of a billing key. Neither the card's number nor its holder is read. */
export interface BillingKeyRecord {
  /** The merchant's id of the billing key (`customer_uid`). */
  readonly customerUid: string
  /** The provider's code of the PG. */
  readonly pgProvider: string
  /** The merchant's id at the PG. */
  readonly pgId: string
  /** True for a test channel, false for a live one, null in records from before the field existed. */
  readonly sandbox: boolean | null
  /** The buyer's id that was given at the issue; null without one. */
  readonly customerId: string | null
  /** The Korean name of the card company; null with a means that is no card. */
  readonly cardName: string | null
  /** The card company's code of the KFTC; null with a means that is no card. */
  readonly cardCode: string | null
  /** Null where the PG does not report it. */
  readonly cardType: 'credit' | 'debit' | null
}

/** A record without a field that a decision needs, or with a field of another type than documented. */
export interface BillingKeyFailure {
  /** The discriminant of a failure. */
  readonly reason: 'billing_key_malformed'
  /** The name of the first field that is missing or malformed. */
  readonly field: string
}

/**
 * Parses the record of a billing key (the `response` of `GET /subscribe/customers/{customer_uid}`).
 *
 * @param value The decoded record; any value is allowed.
 * @returns The key. Failure: `billing_key_malformed` with the first field that is missing or malformed.
 *
 * @example
 * ```ts
 * import { parseBillingKey } from '@quayside/core'
 *
 * const key = parseBillingKey({
 *   customer_uid: 'ck1', pg_provider: 'html5_inicis', pg_id: 'shopbill', sandbox: false, customer_id: null,
 *   card_name: '현대카드', card_code: '367', card_number: '433012******1234', card_type: null,
 * })
 * console.log(key.ok && key.value.cardName) // 현대카드
 * ```
 *
 * @see https://developers.portone.io/api/rest-v1/nonAuthPay.subscribe.customer
 */
export function parseBillingKey(value: unknown): Result<BillingKeyRecord, BillingKeyFailure> {
  if (!isFields(value)) return malformed('response')
  const customerUid = readText(value, 'customer_uid')
  if (customerUid === null) return malformed('customer_uid')
  const pgProvider = readText(value, 'pg_provider')
  if (pgProvider === null) return malformed('pg_provider')
  const pgId = readText(value, 'pg_id')
  if (pgId === null) return malformed('pg_id')
  const sandbox = readField(value, 'sandbox')
  return ok({
    customerUid,
    pgProvider,
    pgId,
    sandbox: typeof sandbox === 'boolean' ? sandbox : null,
    customerId: readText(value, 'customer_id'),
    cardName: readText(value, 'card_name'),
    cardCode: readText(value, 'card_code'),
    cardType: readCardType(value),
  })
}

function readCardType(fields: Fields): BillingKeyRecord['cardType'] {
  const type = readField(fields, 'card_type')
  if (type === 0 || type === '0') return 'credit'
  return type === 1 || type === '1' ? 'debit' : null
}

function malformed(field: string): { readonly ok: false; readonly failure: BillingKeyFailure } {
  return fail({ reason: 'billing_key_malformed', field })
}
