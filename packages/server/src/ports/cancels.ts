import type { MerchantUid, Result, StoreFailure } from '@quayside/core'
import type { Cancel, CancelIntent, CancelState } from '../domain/cancel.ts'

/** The cancels that were asked for, by us or by the merchant. */
export interface Cancels {
  /**
   * Writes the intent. False when another one for the same balance is under way or took place: then nobody
   * may ask the provider before the payment was read again.
   */
  open(intent: CancelIntent): Promise<Result<boolean, StoreFailure>>
  settle(
    intent: Pick<CancelIntent, 'impUid' | 'balance'>,
    state: CancelState,
    detail: string | null,
  ): Promise<Result<null, StoreFailure>>
  /** Those whose outcome is to be looked for. Nobody else gets them until the lease ends. */
  claim(limit: number): Promise<Result<readonly Cancel[], StoreFailure>>
  ofOrder(merchantUid: MerchantUid): Promise<Result<readonly Cancel[], StoreFailure>>
}
