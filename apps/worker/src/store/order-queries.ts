import type { D1Database } from '@cloudflare/workers-types'
import {
  type ImpUid,
  type MerchantUid,
  ok,
  type PaymentStatus,
  type Result,
  type StoreFailure,
} from '@quayside/core'
import { maxRowsPerRead, type OrderQueries } from '@quayside/server'
import { runTwice } from './batch.ts'
import { type OrderRow, toStoredOrder } from './order-row.ts'
import { orderColumns } from './orders-sql.ts'

interface UnacceptedAttemptRow {
  readonly imp_uid: ImpUid
  readonly merchant_uid: MerchantUid
  readonly payment_status: PaymentStatus
}

const selectOrders = `SELECT ${orderColumns} FROM orders
  WHERE merchant_uid IN (SELECT value FROM json_each(?1))`

// By the whole key: one payment may have been offered for any number of orders. The list is read first.
const selectUnacceptedAttempts = `SELECT imp_uid, merchant_uid, payment_status
  FROM json_each(?1) AS offered CROSS JOIN attempts
  WHERE imp_uid = offered.value ->> 0 AND merchant_uid = offered.value ->> 1
  AND verdict <> 'accepted'`

const selectPaid = `SELECT ${orderColumns} FROM orders INDEXED BY orders_paid
  WHERE (paid_at, merchant_uid) > (?1, ?3) AND paid_at < ?2
  AND (status = 'paid' OR status = 'partially_cancelled')
  ORDER BY paid_at, merchant_uid LIMIT ${maxRowsPerRead}`

export function createOrderQueries(db: D1Database): OrderQueries {
  const select = async <Row>(
    sql: string,
    values: readonly unknown[],
  ): Promise<Result<readonly Row[], StoreFailure>> => {
    const batch = await runTwice<Row>(db, [db.prepare(sql).bind(...values)])
    return batch.ok ? ok(batch.value[0]?.results ?? []) : batch
  }
  const selectStored = async (sql: string, values: readonly unknown[]) => {
    const rows = await select<OrderRow>(sql, values)
    return rows.ok ? ok(rows.value.map(toStoredOrder)) : rows
  }

  return {
    orders: (ids) => selectStored(selectOrders, [JSON.stringify(ids)]),
    paidBetween: (from, to, after) =>
      selectStored(selectPaid, [from.getTime(), to.getTime(), after]),
    async unacceptedAttempts(payments) {
      const rows = await select<UnacceptedAttemptRow>(selectUnacceptedAttempts, [
        JSON.stringify(payments.map(({ impUid, merchantUid }) => [impUid, merchantUid])),
      ])
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
