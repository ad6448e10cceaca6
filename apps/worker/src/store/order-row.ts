import type {
  Allowance,
  Currency,
  ImpUid,
  MerchantUid,
  Order,
  OrderStatus,
  Policy,
} from '@quayside/core'
import type { StoredOrder } from '@quayside/server'
import { toDate, toMs } from './instants.ts'

/** One row of `orders`. Only checked values are written, so the columns have these types. */
export interface OrderRow {
  readonly merchant_uid: MerchantUid
  readonly amount: number
  readonly currency: Currency
  readonly allowances: string
  readonly policy_late: Policy['late']
  readonly policy_stray: Policy['unmatched']
  readonly name: string | null
  readonly status: OrderStatus
  readonly imp_uid: ImpUid | null
  readonly pay_method: string | null
  readonly cancelled: number
  readonly vbank_bank: string | null
  readonly vbank_number: string | null
  readonly vbank_holder: string | null
  readonly vbank_due_at: number | null
  readonly vbank_issued_at: number | null
  readonly paid_at: number | null
  readonly fail_reason: string | null
  readonly receipt_url: string | null
  readonly sequence: number
  readonly prepared_at: number | null
  readonly created_at: number
  readonly updated_at: number
}

export function toOrder(row: OrderRow): Order {
  const allowances: readonly Allowance[] = JSON.parse(row.allowances)
  return {
    merchantUid: row.merchant_uid,
    amount: { minor: row.amount, currency: row.currency },
    allowances,
    policy: { late: row.policy_late, unmatched: row.policy_stray },
    status: row.status,
    impUid: row.imp_uid,
    cancelled: { minor: row.cancelled, currency: row.currency },
    virtualAccount:
      row.vbank_number === null
        ? null
        : {
            bank: row.vbank_bank,
            number: row.vbank_number,
            holder: row.vbank_holder,
            dueAt: toDate(row.vbank_due_at),
            issuedAt: toDate(row.vbank_issued_at),
          },
    paidAt: toDate(row.paid_at),
    failReason: row.fail_reason,
    receiptUrl: row.receipt_url,
    sequence: row.sequence,
  }
}

export function toStoredOrder(row: OrderRow): StoredOrder {
  return {
    order: toOrder(row),
    name: row.name,
    payMethod: row.pay_method,
    preparedAt: toDate(row.prepared_at),
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
  }
}

/** Returns what a change writes, in the order of the statement's parameters from `status` to `receipt_url`. */
export function toChangedColumns(order: Order, payMethod: string | null): readonly unknown[] {
  const account = order.virtualAccount
  return [
    order.status,
    order.impUid,
    payMethod,
    order.cancelled.minor,
    account?.bank ?? null,
    account?.number ?? null,
    account?.holder ?? null,
    toMs(account?.dueAt),
    toMs(account?.issuedAt),
    toMs(order.paidAt),
    order.failReason,
    order.receiptUrl,
  ]
}
