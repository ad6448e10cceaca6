import type { ImpUid, MerchantUid } from '@quayside/core'
import type { CancelState } from './cancel.ts'

/** A virtual account that nobody may pay into any more, and what became of taking it back. */
export interface Revocation {
  readonly impUid: ImpUid
  readonly merchantUid: MerchantUid
  readonly state: CancelState
  /** Why it was refused, or what it waits for. The provider's own words may be among it. */
  readonly detail: string | null
  readonly requestedAt: Date
  readonly settledAt: Date | null
}
