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

/** Records what a record says that was fetched already, of an order that was read already. */
export function syncRecord(
  order: Order,
  impUid: ImpUid,
  record: unknown,
  { store, config }: Pick<Deps, 'store' | 'config'>,
): Promise<Result<Synced, SyncFailure>> {
  return syncPayment(toNotice(order, impUid), {
    // What was read a moment ago may be old: a write names the sequence it goes by.
    store: { ...store.orders, find: async () => ok(order) },
    fetchPayment: async (requested) =>
      requested === impUid ? ok(record) : fail({ reason: 'payment_not_found', impUid: requested }),
    mode: config.mode,
  })
}

/** Says nothing about the payment, so that its record is read even when the order looks settled. */
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
