// State machine of an identity verification: requested, then certified or failed; deleted on the shop's request.
import { seoulOffsetMs } from '../runtime/seoul-time.ts'
import type { Channel } from './channel/channel.ts'

/** A verified person. */
export interface Person {
  readonly name: string
  /** `YYYY-MM-DD`. */
  readonly birthday: string
  readonly gender: 'male' | 'female'
  readonly foreigner: boolean
  /** Digits only. */
  readonly phone: string
  readonly carrier: string
}

/** One identity verification; UNIX seconds. */
export interface Certification {
  readonly impUid: string
  readonly merchantUid: string | null
  readonly channel: Channel
  readonly pgTid: string
  /** The URL of the page; empty for one by API. */
  readonly origin: string
  readonly method: 'SMS' | 'APP' | 'window'
  readonly status: 'requested' | 'certified' | 'failed'
  /** Null until a window is filled in. */
  readonly person: Person | null
  readonly certifiedAt: number | null
  /** The full years a buyer must have on the day, where the window asks for them; else null. */
  readonly minAge: number | null
}

/** The changed verification, or why it does not change. */
export type CertificationTransition =
  | { readonly ok: true; readonly certification: Certification }
  | { readonly ok: false; readonly reason: 'already_confirmed' | 'otp_missing' | 'otp_wrong' }

/** The only correct OTP. */
const rightOtp = '123456'

/** Confirms a verification requested by API; the app method needs no OTP. */
export function confirmOtp(
  existing: Certification,
  otp: string | null,
  at: number,
): CertificationTransition {
  if (existing.status !== 'requested') return { ok: false, reason: 'already_confirmed' }
  const isAppMethod = existing.method === 'APP' && existing.channel.pg_provider === 'kcp_v2'
  if (otp === null && !isAppMethod) return { ok: false, reason: 'otp_missing' }
  if (otp !== null && otp !== rightOtp) return { ok: false, reason: 'otp_wrong' }
  return { ok: true, certification: { ...existing, status: 'certified', certifiedAt: at } }
}

/** Ends a verification in its window, with the verified person or null; who is too young fails like one who leaves. A second call changes nothing. */
export function endVerification(
  existing: Certification,
  person: Person | null,
  at: number,
): Certification {
  if (existing.status !== 'requested') return existing
  const isOldEnough =
    person !== null && (existing.minAge === null || ageOf(person, at) >= existing.minAge)
  return !isOldEnough
    ? { ...existing, status: 'failed' }
    : { ...existing, status: 'certified', person, certifiedAt: at }
}

// Full years on the day in Seoul.
function ageOf({ birthday }: Person, at: number): number {
  const today = new Date(at * 1000 + seoulOffsetMs).toISOString().slice(0, 10)
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4))
  return today.slice(5) < birthday.slice(5) ? years - 1 : years
}

/** A key derived from the person, and from the site when `site` is given. */
export function personalKey({ name, birthday, gender }: Person, length: number, site = ''): string {
  const seed = encodeURIComponent([site, birthday, name, gender].join('|'))
  return `${btoa(seed.repeat(Math.ceil(length / seed.length))).slice(0, length - 2)}==`
}
