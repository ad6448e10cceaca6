import { type Fields, isFields, readField, readText } from '../values/fields.ts'
import { type ImpUid, isRecordId, type MerchantUid, parseMerchantUid } from '../values/ids.ts'
import { fail, ok, type Result } from '../values/result.ts'

/** The fields of every identity verification. */
export interface CertificationFields {
  /** Of the same form as the id of a payment. */
  readonly impUid: ImpUid
  /** The id that the page passed to `IMP.certification`; null in records without a readable one. */
  readonly merchantUid: MerchantUid | null
  /** `danal`, `inicis_unified`, `inicis`, `kcp_v2`, or a later one; null when the record does not name it. */
  readonly pgProvider: string | null
}

/** What a verification says about a person. Null is what its channel does not report. */
export interface CertifiedPerson {
  /** The legal name. */
  readonly name: string | null
  /** `YYYY-MM-DD`. */
  readonly birthday: string | null
  /** The telephone number; reported by agreement with the provider only. */
  readonly phone: string | null
  /** The CI (연계정보, `unique_key`): one for each person, at all merchants. Never empty. */
  readonly ci: string | null
  /** The DI (중복가입확인정보, `unique_in_site`): one for each person and merchant id of the PG. Never empty. */
  readonly di: string | null
}

/** A parsed identity verification (본인인증). Only a certified one is about a person. */
export type Certification =
  | (CertificationFields & { readonly certified: false })
  | (CertificationFields & {
      readonly certified: true
      readonly certifiedAt: Date
      readonly person: CertifiedPerson
    })

/** A record without a field that a decision needs, or with a field of another type than documented. */
export interface CertificationFailure {
  /** The discriminant of a failure. */
  readonly reason: 'certification_malformed'
  /** The name of the first field that is missing or malformed. */
  readonly field: string
}

/**
 * Parses the record of an identity verification (the `response` of `GET /certifications/{imp_uid}`).
 *
 * A verification that was begun and not completed, or not yet, has a record with `certified: false`. Of a certified one
 * `certified_at` is required. An empty CI or DI, as test services send it, is null: it would make all people one person.
 * Nothing is verified here.
 *
 * @param value The decoded record; any value is allowed.
 * @returns The verification. Failure: `certification_malformed` with the first field that is missing or malformed.
 *
 * @example
 * ```ts
 * import { parseCertification } from '@quayside/core'
 *
 * const begun = parseCertification({ imp_uid: 'imp_520000000001', merchant_uid: 'IDV-91', certified: false })
 * console.log(begun.ok && begun.value.certified) // false
 * ```
 *
 * @see https://developers.portone.io/api/rest-v1/certification
 */
export function parseCertification(value: unknown): Result<Certification, CertificationFailure> {
  if (!isFields(value)) return malformed('response')
  const impUid = readField(value, 'imp_uid')
  if (!isRecordId(impUid)) return malformed('imp_uid')
  const merchantUid = parseMerchantUid(readField(value, 'merchant_uid'))
  const fields: CertificationFields = {
    impUid,
    merchantUid: merchantUid.ok ? merchantUid.value : null,
    pgProvider: readText(value, 'pg_provider'),
  }
  const certified = readField(value, 'certified') ?? false
  if (typeof certified !== 'boolean') return malformed('certified')
  if (!certified) return ok({ ...fields, certified })
  const certifiedAt = readInstant(value, 'certified_at')
  if (certifiedAt === null) return malformed('certified_at')
  return ok({ ...fields, certified, certifiedAt, person: readPerson(value) })
}

function readPerson(fields: Fields): CertifiedPerson {
  return {
    name: readText(fields, 'name'),
    birthday: readDay(fields, 'birthday'),
    phone: readText(fields, 'phone'),
    ci: readPersonKey(fields, 'unique_key'),
    di: readPersonKey(fields, 'unique_in_site'),
  }
}

/** Base64 of 64 or 46 bytes. A text that is much shorter can be anything, such as a blank that fills a field. */
function readPersonKey(fields: Fields, name: string): string | null {
  const key = readText(fields, name)
  return key !== null && /^[\w+/=-]{24,88}$/.test(key) ? key : null
}

/** A day of the calendar; the record also has `birth`, of which 0 is no day. */
function readDay(fields: Fields, name: string): string | null {
  const day = readText(fields, name)
  if (day === null || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  // oxlint-disable-next-line eslint/no-restricted-globals -- a day that the provider wrote, not the clock
  const midnight = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day) ? null : day
}

const lastSecond = 8_640_000_000_000

function readInstant(fields: Fields, name: string): Date | null {
  const seconds = readField(fields, name)
  const isInstant = typeof seconds === 'number' && seconds > 0 && seconds <= lastSecond
  // oxlint-disable-next-line eslint/no-restricted-globals -- an instant the provider wrote, not the clock
  return isInstant ? new Date(seconds * 1000) : null
}

function malformed(field: string): { readonly ok: false; readonly failure: CertificationFailure } {
  return fail({ reason: 'certification_malformed', field })
}
