import type { ImpUid, MerchantUid, Payee } from '@quayside/core'
import type { BillingKey, KeyDeletion, KeyMeans, RequestedKey } from '@quayside/server'
import { toDate } from '../instants.ts'

/** One row of `billing_keys`. */
export interface BillingKeyRow {
  readonly registration_id: MerchantUid
  readonly customer_uid: string
  readonly customer_id: string
  readonly mode: BillingKey['mode']
  readonly state: BillingKey['state']
  readonly requested: string
  readonly order_uid: MerchantUid | null
  readonly replaces: string | null
  readonly imp_uid: ImpUid | null
  readonly means: string | null
  readonly expires_at: number | null
  readonly preference: number
  readonly failure: BillingKey['failure']
  readonly fail_reason: string | null
  readonly deletion: string | null
  readonly sequence: number
  readonly created_at: number
  readonly registered_at: number | null
  readonly deleted_at: number | null
  readonly due_at: number | null
  readonly payee: Payee | null
}

export function toBillingKey(row: BillingKeyRow): BillingKey {
  // Only what this code wrote is in these columns.
  const requested = JSON.parse(row.requested) as RequestedKey
  const means = row.means === null ? null : (JSON.parse(row.means) as KeyMeans)
  const deletion = row.deletion === null ? null : (JSON.parse(row.deletion) as KeyDeletion)
  return {
    registrationId: row.registration_id,
    customerUid: row.customer_uid,
    customerId: row.customer_id,
    mode: row.mode,
    state: row.state,
    requested,
    orderUid: row.order_uid,
    replaces: row.replaces,
    impUid: row.imp_uid,
    means,
    expiresAt: toDate(row.expires_at),
    preference: row.preference,
    failure: row.failure,
    failReason: row.fail_reason,
    deletion,
    sequence: row.sequence,
    createdAt: toDate(row.created_at),
    registeredAt: toDate(row.registered_at),
    deletedAt: toDate(row.deleted_at),
    dueAt: toDate(row.due_at),
    ...(row.payee === null ? {} : { payee: row.payee }),
  }
}
