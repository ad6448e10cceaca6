import type { ImpUid, MerchantUid } from '@quayside/core'
import type { CancelState } from './cancel.ts'

/** The revocation of a virtual account that must receive no deposit any more. */
export interface Revocation {
  /** The payment whose deposit the account takes. */
  readonly impUid: ImpUid
  /** The order that the account was issued for. */
  readonly merchantUid: MerchantUid
  /** What is known about it. */
  readonly state: CancelState
  /** Why it was refused, or what it waits for; may contain the provider's message. Null without a reason. */
  readonly detail: string | null
  /** When it was written, before the provider was asked. */
  readonly requestedAt: Date
  /** When it was confirmed or refused; null while it is open. */
  readonly settledAt: Date | null
}
