/**
 * Identity verifications (본인인증): reading, deleting and requesting them without a window.
 *
 * @packageDocumentation
 */

import type { Endpoint } from '../operation/endpoint.ts'
import { writeHandling } from '../request/write-handling.ts'
import type { OpenEnum } from '../values/open-enum.ts'

/** The person to verify, without a window. None of it appears in a failure. */
export interface OtpRequestParams {
  /** The person's legal name. */
  readonly name: string
  /** Digits; `-` and `.` are ignored. */
  readonly phone: string
  /** `YYYYMMDD`; `-` and `.` are ignored. */
  readonly birth: string
  /** The seventh digit of the resident number. */
  readonly gender_digit: string
  /** The network operator; set `is_mvno` for a reseller of its network. */
  readonly carrier: 'SKT' | 'KT' | 'LGT'
  /** True for the line of a reseller (알뜰폰). */
  readonly is_mvno?: boolean
  /** The channel, by its key in the console. */
  readonly channel_key: string
  /** @deprecated Use `channel_key`. */
  readonly pg?: string
  /** The name of your service, for the message to the person. */
  readonly company?: string
  /** Your id of the verification. */
  readonly merchant_uid?: string
  /** `APP` with `kcp_v2` only, and without a code. */
  readonly verification_method?: 'SMS' | 'APP'
  /** JSON text for the PG, forwarded unchanged. */
  readonly bypass?: string
}

/** A verification that was requested. */
export interface OtpConfirmParams {
  /** The provider's id of the verification, from `requestOtp`. */
  readonly imp_uid: string
  /** The code from the message; optional for `APP` only. */
  readonly otp?: string
}

/** A verification that waits for its code (`CertificationOTPAnnotation`). */
export interface RequestedOtp {
  /** The provider's id of the verification. */
  readonly imp_uid: string
}

/** A verified person (`CertificationAnnotation`). */
export interface Certification {
  /** The provider's id of the verification. */
  readonly imp_uid: string
  /** Your id of the verification. */
  readonly merchant_uid?: string | null
  /** The PG's id of the transaction. */
  readonly pg_tid?: string | null
  /** The PG's code. */
  readonly pg_provider: OpenEnum<'danal' | 'kcp_v2' | 'inicis_unified' | 'inicis'>
  /** The legal name. */
  readonly name?: string | null
  /** As registered with the carrier. */
  readonly gender?: OpenEnum<'male' | 'female'> | null
  /** `YYYY-MM-DD`. */
  readonly birthday?: string | null
  /** Always false with Danal, unless the contract provides it: read `foreigner_v2`. */
  readonly foreigner: boolean
  /** Null when the contract does not provide it. */
  readonly foreigner_v2?: boolean | null
  /** Digits. Absent without the carriers' approval. */
  readonly phone?: string | null
  /** The telephone network. */
  readonly carrier?: OpenEnum<'SKT' | 'KT' | 'LGT' | 'SKT_MVNO' | 'KT_MVNO' | 'LGT_MVNO'> | null
  /** Whether the person was verified. */
  readonly certified?: boolean
  /** UNIX seconds. */
  readonly certified_at?: number
  /** CI (연계정보): identifies this person across all merchants. */
  readonly unique_key?: string | null
  /** DI (중복가입확인정보): identifies this person within one merchant. Not provided by `inicis_unified`. */
  readonly unique_in_site?: string | null
  /** The URL of the page on which it took place. */
  readonly origin?: string | null
}

/**
 * Reads the result of an identity verification (본인인증).
 *
 * @returns The verification, with `certified: false` before it is complete; `not_found` when there is none or it
 * was deleted.
 * @see GET /certifications/{imp_uid}
 */
export const get: Endpoint<{ readonly imp_uid: string }, Certification> = {
  method: 'GET',
  path: '/certifications/{imp_uid}',
  retry: 'read',
  echoes: ['imp_uid'],
}

/**
 * Deletes the result of an identity verification permanently, and returns it a last time.
 *
 * @returns The deleted verification; `not_found` when there is none.
 * @see DELETE /certifications/{imp_uid}
 */
export const remove: Endpoint<{ readonly imp_uid: string }, Certification> = {
  method: 'DELETE',
  path: '/certifications/{imp_uid}',
  retry: 'never',
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'certifications.get' },
  writeHandling,
}

/**
 * Sends a verification code to a person. Only for merchants that the carriers approved.
 *
 * @returns The id of the verification; `refused` when a field about the person is missing or wrong.
 * @see POST /certifications/otp/request
 */
export const requestOtp: Endpoint<OtpRequestParams, RequestedOtp> = {
  method: 'POST',
  path: '/certifications/otp/request',
  retry: 'never',
  body: [
    'name',
    'phone',
    'birth',
    'gender_digit',
    'carrier',
    'is_mvno',
    'channel_key',
    'pg',
    'company',
    'merchant_uid',
    'verification_method',
    'bypass',
  ],
  required: ['name', 'phone', 'birth', 'gender_digit', 'carrier', 'channel_key'],
  secret: ['name', 'phone', 'birth'],
  writeHandling,
}

/**
 * Completes a verification with the code, and returns the verified person.
 *
 * @returns The verified person; `refused` for a wrong code or a completed verification,
 * `not_found` for an unknown `imp_uid`.
 * @see POST /certifications/otp/confirm/{imp_uid}
 */
export const confirmOtp: Endpoint<OtpConfirmParams, Certification> = {
  method: 'POST',
  path: '/certifications/otp/confirm/{imp_uid}',
  retry: 'never',
  body: ['otp'],
  secret: ['otp'],
  echoes: ['imp_uid'],
  lookup: { imp_uid: 'certifications.get' },
  writeHandling,
}
