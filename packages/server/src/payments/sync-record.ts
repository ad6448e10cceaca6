import {
  fail,
  type ImpUid,
  type LookupNotice,
  type Order,
  ok,
  type Result,
  type Synced,
  type SyncFailure,
  syncPayment,
} from '@quayside/core'
import type { Deps } from '../deps.ts'

/** Applies a record that was fetched already to an order that was read already. */
export function syncRecord(
  order: Order,
  impUid: ImpUid,
  record: unknown,
  { store, config }: Pick<Deps, 'store' | 'config'>,
): Promise<Result<Synced, SyncFailure>> {
  return syncPayment(toNotice(order, impUid), {
    // The order may have changed since it was read: a write names the sequence that it is based on.
    store: { ...store.orders, find: async () => ok(order) },
    fetchPayment: async (requested) =>
      requested === impUid ? ok(record) : fail({ reason: 'payment_not_found', impUid: requested }),
    mode: config.mode,
  })
}

/** Claims nothing about the payment, so that its record is used even when the order seems up to date. */
function toNotice({ merchantUid }: Order, impUid: ImpUid): LookupNotice {
  return {
    kind: 'payment',
    channel: 'webhook',
    impUid,
    merchantUid,
    claim: 'unknown',
    claimedStatus: 'cancelled',
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  }
}
