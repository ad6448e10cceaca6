import type { ConfirmRequest, Notice, StoreFailure, Synced, SyncFailure } from '@quayside/core'
import type { RequestFailure } from './response.ts'

/** Which door was knocked at. */
export type Door = 'complete' | 'redirect' | 'webhook' | 'confirm' | 'order'

/** What a door did with one request: evidence for logs, never for strangers. */
export type Report =
  | { readonly kind: 'refused_request'; readonly door: Door; readonly failure: RequestFailure }
  | {
      readonly kind: 'synced'
      readonly door: Door
      readonly notice: Notice
      readonly synced: Synced
    }
  | {
      readonly kind: 'not_synced'
      readonly door: Door
      readonly notice: Notice
      readonly failure: SyncFailure
    }
  | { readonly kind: 'ignored'; readonly door: Door; readonly notice: Notice }
  | {
      readonly kind: 'confirm_refused'
      readonly door: 'confirm'
      readonly request: ConfirmRequest
      readonly why: ConfirmRefusal
    }
  | { readonly kind: 'order_not_read'; readonly door: 'order'; readonly failure: StoreFailure }

/** Why a payment was stopped before its approval. */
export type ConfirmRefusal =
  | StoreFailure['reason']
  | 'order_closed'
  | 'amount_mismatch'
  | 'stopped_by_shop'
  | 'shop_too_slow'
