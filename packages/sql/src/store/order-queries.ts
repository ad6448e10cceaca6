import {
  type ImpUid,
  type MerchantUid,
  ok,
  type PaymentStatus,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import type { OrderQueries } from '@quayside/server'
import type { Dialect } from '../dialect.ts'
import type { Driver, Value } from '../driver.ts'
import { rowsAt, runTwice } from '../transaction.ts'
import { type OrderRow, toStoredOrder } from './order-row.ts'

interface UnacceptedAttemptRow {
  readonly imp_uid: ImpUid
  readonly merchant_uid: MerchantUid
  readonly payment_status: PaymentStatus
}

export function createOrderQueries(driver: Driver, { orders, attempts }: Dialect): OrderQueries {
  const select = async <Row>(
    text: string,
    values: readonly Value[],
  ): Promise<Result<readonly Row[], StoreFailure>> => {
    const outcomes = await runTwice(driver, [{ text, values }])
    return outcomes.ok ? ok(rowsAt<Row>(outcomes.value, 0)) : outcomes
  }

  return {
    async orders(ids) {
      if (ids.length === 0) return ok([])
      const rows = await select<OrderRow>(orders.selectMany, [ids])
      return rows.ok ? ok(rows.value.map(toStoredOrder)) : rows
    },
    async paidBetween(from, to, after) {
      const values = [from.getTime(), to.getTime(), after]
      const rows = await select<OrderRow>(orders.selectPaid, values)
      return rows.ok ? ok(rows.value.map(toStoredOrder)) : rows
    },
    async unacceptedAttempts(payments) {
      if (payments.length === 0) return ok([])
      const keys = payments.map(({ impUid, merchantUid }) => [impUid, merchantUid])
      const rows = await select<UnacceptedAttemptRow>(attempts.selectUnaccepted, [keys])
      if (!rows.ok) return rows
      return ok(
        rows.value.map((row) => ({
          impUid: row.imp_uid,
          merchantUid: row.merchant_uid,
          paymentStatus: row.payment_status,
        })),
      )
    },
  }
}
