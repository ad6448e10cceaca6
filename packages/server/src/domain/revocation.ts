import type { ImpUid, MerchantUid } from '@quayside/core'
import type { CancelState } from './cancel.ts'

/** The revocation of a virtual account that must receive no deposit any more. */
export interface Revocation {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid
  readonly state: CancelState
  /** Why it was refused, or what it waits for; may contain the provider's message. Null without a reason. */
  readonly detail: string | null
  readonly requestedAt: Date
  /** When it was confirmed or refused; null while it is open. */
  readonly settledAt: Date | null
}
