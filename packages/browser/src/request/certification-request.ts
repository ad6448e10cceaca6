import type { AbsoluteUrl, ChannelChoice } from './payment-request.ts'

/** What `IMP.certification` is asked for: the window of an identity verification. */
export interface CertificationRequest extends ChannelChoice {
  /** The id of the verification. */
  readonly merchant_uid: string
  /** The name of the service in the text message. */
  readonly company?: string
  /** The carrier: `SKT`, `KTF`, `LGT`, or `MVNO`. */
  readonly carrier?: string
  /** The person's name, filled in beforehand; Danal only. */
  readonly name?: string
  /** The person's telephone number, filled in beforehand; Danal only. */
  readonly phone?: string
  /** The person's birthday, filled in beforehand: `YYMMDD`. */
  readonly birth?: string
  /** The first digit after the birthday in the resident registration number. */
  readonly gender_digit?: string
  /** The least age in full years that the window lets pass. The server has to check it again. */
  readonly min_age?: number
  /** Where a phone comes back to. `certify` fills it in with the payment server's `/payments/redirect`. */
  readonly m_redirect_url?: AbsoluteUrl
  /** True opens the window as a popup on a PC. */
  readonly popup?: boolean
  /** What goes to the PG unchanged. */
  readonly bypass?: Readonly<Record<string, unknown>>
}
