import type { MerchantUid, Result, StoreFailure } from '@quayside/core'
import type { Cancel, CancelState, Intent } from '../domain/cancel.ts'

/** The cancels that were asked for, by us or by the merchant. */
export interface Cancels {
  /**
   * Writes the intent. False when another one for the same balance is under way or took place: then nobody
   * may ask the provider before the payment was read again.
   */
  open(intent: Intent): Promise<Result<boolean, StoreFailure>>
  settle(
    intent: Pick<Intent, 'impUid' | 'balance'>,
    state: CancelState,
    detail: string | null,
  ): Promise<Result<null, StoreFailure>>
  /** Those whose outcome is to be looked for. Nobody else gets them until the lease ends. */
  claim(most: number): Promise<Result<readonly Cancel[], StoreFailure>>
  ofOrder(merchantUid: MerchantUid): Promise<Result<readonly Cancel[], StoreFailure>>
}
