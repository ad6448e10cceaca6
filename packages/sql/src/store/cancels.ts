import { type Currency, type ImpUid, type MerchantUid, ok } from '@quayside/core'
import type { Cancel, CancelIntent, CancelState, Cancels } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import { type Driver, isHit } from '../driver.ts'
import { rowsAt, runOnce, runTwice } from '../transaction.ts'
import { toDate } from './instants.ts'
import { claimStatements, jobLeaseMs } from './leases.ts'

interface CancelRow {
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
}

export function createCancels(driver: Driver, { cancels }: Dialect, now: () => Date): Cancels {
  return {
    async open({ impUid, merchantUid, balance, amount, askedBy }) {
      const at = now().getTime()
      const { currency } = balance
      const columns = [impUid, balance.minor, amount.minor, currency, merchantUid, askedBy]
      const values = [...columns, at, at + jobLeaseMs]
      // Not repeated: a second run could not distinguish its own intent from that of another request.
      const outcomes = await runOnce(
        driver,
        cancels.open.map((text) => ({ text, values })),
      )
      return outcomes.ok ? ok(outcomes.value.some(isHit)) : outcomes
    },
    async settle({ impUid, balance }, state, detail) {
      const at = now().getTime()
      const settledAt = state === 'confirmed' || state === 'refused' ? at : null
      const values = [impUid, balance.minor, state, detail, settledAt, at, jobLeaseMs]
      const outcomes = await runTwice(driver, [{ text: cancels.settle, values }])
      return outcomes.ok ? ok(null) : outcomes
    },
    async claim(limit) {
      const at = now().getTime()
      const end = at + jobLeaseMs
      const outcomes = await runOnce(
        driver,
        claimStatements(cancels.claimDue, [at, end, limit], end, ['imp_uid', 'balance']),
      )
      return outcomes.ok ? ok(rowsAt<CancelRow>(outcomes.value, 0).map(toCancel)) : outcomes
    },
    async ofOrder(merchantUid) {
      const select = { text: cancels.selectOfOrder, values: [merchantUid] }
      const outcomes = await runTwice(driver, [select])
      return outcomes.ok ? ok(rowsAt<CancelRow>(outcomes.value, 0).map(toCancel)) : outcomes
    },
  }
}

function toCancel(row: CancelRow): Cancel {
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
  }
}
