import type {
  ConfirmRequest,
  EscrowChange,
  ImpUid,
  MerchantUid,
  Notice,
  StoreFailure,
  Synced,
  SyncFailure,
} from '@quayside/core'
import type { EscrowRefusal } from './escrow/record-escrow-change.ts'
import type { RequestFailure } from './response.ts'
import type { SubjectOutcome } from './subject.ts'

/** The route of a request. */
export type CompletionRoute = 'complete' | 'redirect' | 'webhook' | 'confirm' | 'order'

/** The outcome of one request, for logs. Do not show it to the sender. */
export type CompletionReport =
  | {
      readonly kind: 'refused_request'
      readonly route: CompletionRoute
      readonly failure: RequestFailure
    }
  | {
      readonly kind: 'synced'
      readonly route: CompletionRoute
      readonly notice: Notice
      readonly synced: Synced
    }
  | {
      readonly kind: 'not_synced'
      readonly route: CompletionRoute
      readonly notice: Notice
      readonly failure: SyncFailure
    }
  | { readonly kind: 'ignored'; readonly route: CompletionRoute; readonly notice: Notice }
  | {
      readonly kind: 'subject'
      readonly route: CompletionRoute
      /** The name of the subject. */
      readonly subject: string
      readonly merchantUid: MerchantUid
      readonly impUid: ImpUid | null
      readonly outcome: SubjectOutcome
    }
  | {
      readonly kind: 'escrow'
      readonly route: 'webhook'
      readonly change: EscrowChange
      /** `known`: it was recorded before. */
      readonly outcome: 'recorded' | 'known'
    }
  | {
      readonly kind: 'escrow'
      readonly route: 'webhook'
      readonly change: EscrowChange
      readonly outcome: 'refused'
      readonly reason: EscrowRefusal
    }
  | {
      readonly kind: 'confirm_approved'
      readonly route: 'confirm'
      readonly request: ConfirmRequest
    }
  | {
      readonly kind: 'confirm_refused'
      readonly route: 'confirm'
      readonly request: ConfirmRequest
      readonly reason: ConfirmRefusal
    }
  | {
      readonly kind: 'order_not_read'
      readonly route: CompletionRoute
      readonly failure: StoreFailure
    }

/** Why a payment was refused before its approval. */
export type ConfirmRefusal =
  | StoreFailure['reason']
  | 'order_closed'
  | 'amount_mismatch'
  | 'stopped_by_shop'
  | 'shop_too_slow'
  | 'confirm_limited'
