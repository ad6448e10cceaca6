import type { ImpUid, MerchantUid } from '@quayside/core'
import type { CancelState, Revocation, Revocations } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver } from '../driver.ts'
import { read, write } from '../transaction.ts'
import { toDate } from './instants.ts'
import { jobLeaseMs, leaseRows } from './leases.ts'

export interface RevocationRow {
  readonly imp_uid: ImpUid
  readonly merchant_uid: MerchantUid
  readonly state: CancelState
  readonly detail: string | null
  readonly requested_at: number
  readonly settled_at: number | null
}

export function createRevocations(
  driver: Driver,
  { revocations }: Dialect,
  now: () => Date,
): Revocations {
  return {
    claim: (limit) => leaseRows(driver, revocations.claimDue, now(), jobLeaseMs, limit, toImpUid),
    settle(impUid, state, detail) {
      const at = now().getTime()
      const settledAt = state === 'confirmed' || state === 'refused' ? at : null
      const values = [impUid, state, detail, settledAt, at, jobLeaseMs]
      return write(driver, [{ text: revocations.settle, values }])
    },
    ofOrder: (merchantUid) =>
      read(driver, [{ text: revocations.selectOfOrder, values: [merchantUid] }], toRevocation),
  }
}

function toImpUid({ imp_uid }: Pick<RevocationRow, 'imp_uid'>): ImpUid {
  return imp_uid
}

export function toRevocation(row: RevocationRow): Revocation {
  return {
    impUid: row.imp_uid,
    merchantUid: row.merchant_uid,
    state: row.state,
    detail: row.detail,
    requestedAt: toDate(row.requested_at),
    settledAt: toDate(row.settled_at),
  }
}
