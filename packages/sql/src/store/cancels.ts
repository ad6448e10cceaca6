import { type Currency, type ImpUid, type MerchantUid, ok } from '@quayside/core'
import {
  type Cancel,
  type CancelIntent,
  type CancelState,
  type Cancels,
  noShares,
} from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import { type Driver, isHit } from '../driver.ts'
import { read, runOnce, write } from '../transaction.ts'
import { toDate } from './instants.ts'
import { jobLeaseMs, leaseRows } from './leases.ts'
import { toShares } from './orders/order-row.ts'

export interface CancelRow {
  readonly imp_uid: ImpUid
  readonly balance: number
  readonly amount: number
  readonly currency: Currency
  readonly merchant_uid: MerchantUid
  readonly asked_by: CancelIntent['askedBy']
  readonly state: CancelState
  readonly detail: string | null
  readonly requested_at: number
  readonly settled_at: number | null
  readonly tax_free: number | null
  readonly vat_amount: number | null
}

export function createCancels(driver: Driver, { cancels }: Dialect, now: () => Date): Cancels {
  return {
    async open({ impUid, merchantUid, balance, amount, askedBy, shares = noShares }) {
      const at = now().getTime()
      const { currency } = balance
      const columns = [impUid, balance.minor, amount.minor, currency, merchantUid, askedBy]
      const { taxFree, vat } = shares
      const parts = [taxFree?.minor ?? null, vat?.minor ?? null]
      const values = [...columns, at, at + jobLeaseMs, ...parts]
      // Not repeated: a second run could not distinguish its own intent from that of another request.
      const outcomes = await runOnce(
        driver,
        cancels.open.map((text) => ({ text, values })),
      )
      return outcomes.ok ? ok(outcomes.value.some(isHit)) : outcomes
    },
    settle({ impUid, balance }, state, detail) {
      const at = now().getTime()
      const settledAt = state === 'confirmed' || state === 'refused' ? at : null
      const values = [impUid, balance.minor, state, detail, settledAt, at, jobLeaseMs]
      return write(driver, [{ text: cancels.settle, values }])
    },
    claim: (limit) => leaseRows(driver, cancels.claimDue, now(), jobLeaseMs, limit, toCancel),
    ofOrder: (merchantUid) =>
      read(driver, [{ text: cancels.selectOfOrder, values: [merchantUid] }], toCancel),
  }
}

export function toCancel(row: CancelRow): Cancel {
  return {
    impUid: row.imp_uid,
    merchantUid: row.merchant_uid,
    balance: { minor: row.balance, currency: row.currency },
    amount: { minor: row.amount, currency: row.currency },
    askedBy: row.asked_by,
    state: row.state,
    detail: row.detail,
    requestedAt: toDate(row.requested_at),
    settledAt: toDate(row.settled_at),
    shares: toShares(row),
  }
}
