import type {
  IdentityRefusal,
  ImpUid,
  MerchantUid,
  Payee,
  PersonDetails,
  PersonField,
} from '@quayside/core'

/** Why a verification was refused for good. None of them says anything about the person beyond what was requested. */
export type IdentityRefusalReason =
  | IdentityRefusal['reason']
  /** Another verification of the same purpose has this person already. */
  | 'person_already_verified'

/** What is known of the expected person, each as a digest under the server's secret: only these can be stored. */
export interface ExpectedDigests extends PersonDetails {
  /** The key of the person, from an earlier verification. */
  readonly personKey: string | null
}

/** What the merchant requested of a verification. It never changes. */
export interface IdentityRequest {
  /** The merchant's own id of its customer. */
  readonly customerId: string
  /** What the verification is for, in the merchant's own words. */
  readonly purpose: string
  /** The least age in full years; null for any age. */
  readonly minimumAge: number | null
  /** The PG of the channel that has to be used; null for any. */
  readonly pgProvider: string | null
  /** Whether a person may be verified for the purpose once. */
  readonly isOncePerPerson: boolean
  /** Whether the key of the person is stored with the result. */
  readonly keepsPersonKey: boolean
  /** Whether the provider's record is deleted once the result is recorded. */
  readonly deletesRecord: boolean
  /** When everything about the verification is deleted here. */
  readonly keptUntil: Date
  /** In whose account it is verified; left out for the account that needs no name. */
  readonly payee?: Payee
}

/** The result of a verification. It is recorded once. */
export interface IdentityResult {
  /** Whether what was requested is proven. */
  readonly status: 'verified' | 'refused'
  /** Null when it is verified. */
  readonly reason: IdentityRefusalReason | null
  /** Which detail of the person differs, or is not reported; null for any other reason. */
  readonly detail: PersonField | 'person_key' | null
  /** The provider's record; of another payee it ends with that. */
  readonly impUid: ImpUid
  /** When the provider says that it was completed. */
  readonly certifiedAt: Date | null
  /** The keyed digest of the CI or DI; null where none is kept. */
  readonly personKey: string | null
}

/** The state of the provider's own record. */
export type ProviderRecordState = 'kept' | 'deleting' | 'deleted'

/** An identity verification, with its result once there is one. */
export interface IdentityVerification extends IdentityRequest {
  /** The `merchant_uid` of its window. */
  readonly id: MerchantUid
  /** Null without one, and once there is a result. */
  readonly expected: ExpectedDigests | null
  /** `pending` until there is a result. */
  readonly status: 'pending' | IdentityResult['status']
  /** Why it was refused; null otherwise. */
  readonly reason: IdentityRefusalReason | null
  /** Which detail of the person differs, or is not reported; null for any other reason. */
  readonly detail: IdentityResult['detail']
  /** The provider's id of the verification; null before a result. */
  readonly impUid: ImpUid | null
  /** When the provider says that it was completed; null before a result. */
  readonly certifiedAt: Date | null
  /** The keyed digest of the CI or DI; null where none is kept. */
  readonly personKey: string | null
  /** What it was used for, and when; null before. */
  readonly use: { readonly reference: string; readonly at: Date } | null
  /** Whether the provider still has its record. */
  readonly providerRecord: ProviderRecordState
  /** Counts its events, from 0. */
  readonly sequence: number
  /** When it was requested. */
  readonly createdAt: Date
}

/** Why an operation on an identity verification failed. */
export type IdentityVerificationFailure =
  | { readonly reason: 'identity_verification_unknown' }
  /** `detail` names the field of the request that differs: `purpose` or `customer_id`. */
  | { readonly reason: 'identity_verification_mismatch'; readonly detail: string }
  /** `detail` is its status. */
  | { readonly reason: 'identity_verification_not_verified'; readonly detail: string }
  /** It was used for something else. */
  | { readonly reason: 'identity_verification_used' }
