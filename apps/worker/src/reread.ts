import {
  type ImpUid,
  type MerchantUid,
  type Result,
  type Synced,
  type SyncFailure,
  syncPayment,
} from '@quayside/core'
import { createLookup } from '@quayside/hono'
import type { Rooms } from './rooms.ts'

/** Looks a payment of an order up once more and records what its record says, cancels included. */
export function reread(
  merchantUid: MerchantUid,
  impUid: ImpUid,
  { store, client, config }: Rooms,
): Promise<Result<Synced, SyncFailure>> {
  const fetchPayment = createLookup(client, config.mode)
  const notice = {
    kind: 'payment',
    channel: 'webhook',
    impUid,
    merchantUid,
    claim: 'unknown',
    claimedStatus: 'cancelled',
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  } as const
  return syncPayment(notice, { store, fetchPayment, mode: config.mode })
}
