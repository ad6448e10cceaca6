import { type ImpUid, type MerchantUid, ok } from '@quayside/core'
import type { CancelState, Revocation, Revocations } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver } from '../driver.ts'
import { rowsAt, runOnce, runTwice } from '../transaction.ts'
import { toDate } from './instants.ts'
import { claimStatements, jobLeaseMs } from './leases.ts'

interface RevocationRow {
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
    async claim(limit) {
      const at = now().getTime()
      const end = at + jobLeaseMs
      const texts = revocations.claimDue
      const outcomes = await runOnce(
        driver,
        claimStatements(texts, [at, end, limit], end, ['imp_uid']),
      )
      if (!outcomes.ok) return outcomes
      return ok(rowsAt<RevocationRow>(outcomes.value, 0).map((row) => row.imp_uid))
    },
    async settle(impUid, state, detail) {
      const at = now().getTime()
      const settledAt = state === 'confirmed' || state === 'refused' ? at : null
      const values = [impUid, state, detail, settledAt, at, jobLeaseMs]
      const outcomes = await runTwice(driver, [{ text: revocations.settle, values }])
      return outcomes.ok ? ok(null) : outcomes
    },
    async ofOrder(merchantUid) {
      const select = { text: revocations.selectOfOrder, values: [merchantUid] }
      const outcomes = await runTwice(driver, [select])
      if (!outcomes.ok) return outcomes
      return ok(rowsAt<RevocationRow>(outcomes.value, 0).map(toRevocation))
    },
  }
}

function toRevocation(row: RevocationRow): Revocation {
  return {
    impUid: row.imp_uid,
    merchantUid: row.merchant_uid,
    state: row.state,
    detail: row.detail,
    requestedAt: toDate(row.requested_at),
    settledAt: toDate(row.settled_at),
  }
}
