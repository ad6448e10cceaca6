import { type ImpUid, type MerchantUid, ok, type PaymentStatus } from '@quayside/core'
import type { OrderQueries } from '@quayside/server'
import type { Dialect } from '../../dialect.ts'
import type { Driver } from '../../driver.ts'
import { read } from '../../transaction.ts'
import { createOrderLists } from './order-lists.ts'
import { toStoredOrder } from './order-row.ts'

interface UnacceptedAttemptRow {
  readonly imp_uid: ImpUid
  readonly merchant_uid: MerchantUid
  readonly payment_status: PaymentStatus
}

export function createOrderQueries(
  driver: Driver,
  { orders, attempts, orderLists }: Dialect,
): OrderQueries {
  return {
    list: createOrderLists(driver, orderLists),
    async orders(ids) {
      if (ids.length === 0) return ok([])
      return read(driver, [{ text: orders.selectMany, values: [ids] }], toStoredOrder)
    },
    paidBetween(from, to, after) {
      const values = [from.getTime(), to.getTime(), after]
      return read(driver, [{ text: orders.selectPaid, values }], toStoredOrder)
    },
    async unacceptedAttempts(payments) {
      if (payments.length === 0) return ok([])
      const keys = payments.map(({ impUid, merchantUid }) => [impUid, merchantUid])
      return read(driver, [{ text: attempts.selectUnaccepted, values: [keys] }], toUnaccepted)
    },
  }
}

function toUnaccepted({ imp_uid, merchant_uid, payment_status }: UnacceptedAttemptRow) {
  return { impUid: imp_uid, merchantUid: merchant_uid, paymentStatus: payment_status }
}
