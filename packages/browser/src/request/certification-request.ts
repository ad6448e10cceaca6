import type { AbsoluteUrl, ChannelChoice } from './payment-request.ts'

/** What `IMP.certification` is asked for: the window of an identity verification. */
export interface CertificationRequest extends ChannelChoice {
  /** The id of the verification. */
  readonly merchant_uid: string
  /** The name of the service in the text message. */
  readonly company?: string
  /** The carrier: `SKT`, `KTF`, `LGT`, or `MVNO`. */
  readonly carrier?: string
  readonly name?: string
  readonly phone?: string
  readonly birth?: string
  readonly gender_digit?: string
  readonly min_age?: number
  /** Where a phone comes back to. `certify` fills it in with the payment server's `/payments/redirect`. */
  readonly m_redirect_url?: AbsoluteUrl
  readonly popup?: boolean
  readonly bypass?: Readonly<Record<string, unknown>>
}
