import type { ImpUid, MerchantUid, Result, StoreFailure } from '@quayside/core'
import type { CancelState } from '../domain/cancel.ts'
import type { Revocation } from '../domain/revocation.ts'

/** The accounts that are to be taken back. The intent is written with what closes their order. */
export interface Revocations {
  /** Those that are to be looked after now. Nobody else gets them until the lease ends. */
  claim(limit: number): Promise<Result<readonly ImpUid[], StoreFailure>>
  settle(
    impUid: ImpUid,
    state: CancelState,
    detail: string | null,
  ): Promise<Result<null, StoreFailure>>
  ofOrder(merchantUid: MerchantUid): Promise<Result<readonly Revocation[], StoreFailure>>
}
