import { fail, ok, type Result } from './result.ts'

declare const brand: unique symbol

/** The provider's id of one payment (포트원 거래고유번호, `imp_uid`), checked against its grammar. */
export type ImpUid = string & { readonly [brand]: 'imp_uid' }

/** The merchant's id of one order (고객사 주문번호, `merchant_uid`), checked against its grammar. */
export type MerchantUid = string & { readonly [brand]: 'merchant_uid' }

/** An id that is missing, is not text, or lies outside its documented grammar. */
export interface IdFailure {
  /** The discriminant of a failure. */
  readonly reason: 'id_missing' | 'id_malformed'
  /** Which of the two ids it is. */
  readonly field: 'imp_uid' | 'merchant_uid'
}

// Real ids are `imp_` or `imps_` and digits, yet `imp_test` occurs. So only characters that could change a
// URL path are excluded, a dot and a slash among them.
const impUidGrammar = /^[\w-]{1,64}$/
// In a record that was read for one of several accounts the payee follows.
const recordGrammar = /^[\w-][\w~-]{0,63}$/

// Korean letters, spaces and slashes occur. Excluded are characters that consoles do not show and systems
// store differently: control and format characters, lone surrogates, private use, line separators.
const merchantUidGrammar = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]{1,40}$/u

/**
 * Parses an `imp_uid`: 1 to 64 of `A-Z a-z 0-9 _ -`, as opaque text.
 *
 * @param value The value from outside; any value is allowed.
 * @returns The id. Failures: `id_missing` for `undefined`, `null` or an empty string; `id_malformed` for any
 * other value outside the grammar.
 *
 * @example
 * ```ts
 * import { parseImpUid } from '@quayside/core'
 *
 * console.log(parseImpUid('imp_448280090638').ok) // true
 * console.log(parseImpUid('../users/getToken').ok) // false
 * ```
 */
export function parseImpUid(value: unknown): Result<ImpUid, IdFailure> {
  return parseId(value, 'imp_uid', impUidGrammar)
}

/** Whether a value is the `imp_uid` of a record, which may name its payee. */
export function isRecordId(value: unknown): value is ImpUid {
  return typeof value === 'string' && recordGrammar.test(value)
}

/**
 * Parses a `merchant_uid`: 1 to 40 visible characters, compared byte for byte, never normalised or
 * trimmed.
 *
 * @param value The value from outside; any value is allowed.
 * @returns The id. Failures: `id_missing` for `undefined`, `null` or an empty string; `id_malformed` for any
 * other value outside the grammar.
 *
 * @example
 * ```ts
 * import { parseMerchantUid } from '@quayside/core'
 *
 * console.log(parseMerchantUid('ORD20240131-0000011').ok) // true
 * console.log(parseMerchantUid('x'.repeat(41)).ok) // false
 * ```
 */
export function parseMerchantUid(value: unknown): Result<MerchantUid, IdFailure> {
  return parseId(value, 'merchant_uid', merchantUidGrammar)
}

/** Whether a value is a `merchant_uid`. */
export function isMerchantUid(value: unknown): value is MerchantUid {
  return typeof value === 'string' && merchantUidGrammar.test(value)
}

function parseId<Id extends string>(
  value: unknown,
  field: IdFailure['field'],
  grammar: RegExp,
): Result<Id, IdFailure> {
  if (value === undefined || value === null || value === '') {
    return fail({ reason: 'id_missing', field })
  }
  return typeof value === 'string' && grammar.test(value)
    ? ok(value as Id)
    : fail({ reason: 'id_malformed', field })
}
