import type {
  Allowance,
  Currency,
  ImpUid,
  MerchantUid,
  Order,
  OrderAccount,
  OrderStatus,
  Policy,
  VirtualAccount,
} from '@quayside/core'
import type { StoredOrder } from '@quayside/server'
import type { Scalar } from '../driver.ts'
import { toDate, toMs } from './instants.ts'

/** One row of `orders`. Only checked values are written, so the columns have these types. */
export interface OrderRow {
  readonly merchant_uid: MerchantUid
  readonly amount: number
  readonly currency: Currency
  readonly allowances: string
  readonly policy_late: Policy['late']
  readonly policy_unmatched: Policy['unmatched']
  readonly name: string | null
  readonly status: OrderStatus
  readonly imp_uid: ImpUid | null
  readonly pay_method: string | null
  readonly cancelled: number
  readonly paid_amount: number | null
  readonly vbank_bank: string | null
  readonly vbank_number: string | null
  readonly vbank_holder: string | null
  readonly vbank_due_at: number | null
  readonly vbank_issued_at: number | null
  readonly accounts: string | null
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
    policy: { late: row.policy_late, unmatched: row.policy_unmatched },
    createdAt: toDate(row.created_at),
    status: row.status,
    impUid: row.imp_uid,
    paid: row.paid_amount === null ? null : { minor: row.paid_amount, currency: row.currency },
    cancelled: { minor: row.cancelled, currency: row.currency },
    virtualAccount: toVirtualAccount(row),
    accounts: row.accounts === null ? [] : readAccounts(row.accounts),
    paidAt: toDate(row.paid_at),
    failReason: row.fail_reason,
    receiptUrl: row.receipt_url,
    sequence: row.sequence,
  }
}

function toVirtualAccount(row: OrderRow): VirtualAccount | null {
  if (row.vbank_number === null) return null
  return {
    bank: row.vbank_bank,
    number: row.vbank_number,
    holder: row.vbank_holder,
    dueAt: toDate(row.vbank_due_at),
    issuedAt: toDate(row.vbank_issued_at),
  }
}

/** An account in the column `accounts`. */
interface StoredAccount {
  readonly imp_uid: ImpUid
  readonly bank: string | null
  readonly number: string
  readonly holder: string | null
  readonly due_at: number | null
  readonly issued_at: number | null
  readonly closed: boolean
}

function readAccounts(json: string): readonly OrderAccount[] {
  const stored: readonly StoredAccount[] = JSON.parse(json)
  return stored.map(({ imp_uid, bank, number, holder, due_at, issued_at, closed }) => ({
    bank,
    number,
    holder,
    dueAt: toDate(due_at),
    issuedAt: toDate(issued_at),
    impUid: imp_uid,
    isClosed: closed,
  }))
}

function writeAccounts(accounts: readonly OrderAccount[]): string | null {
  if (accounts.length === 0) return null
  const stored = accounts.map(
    ({ impUid, bank, number, holder, dueAt, issuedAt, isClosed }): StoredAccount => ({
      imp_uid: impUid,
      bank,
      number,
      holder,
      due_at: toMs(dueAt),
      issued_at: toMs(issuedAt),
      closed: isClosed,
    }),
  )
  return JSON.stringify(stored)
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

/** Returns what a change writes, in the order of the statement's parameters from `status` to `paid_amount`. */
export function toChangedColumns(order: Order, payMethod: string | null): readonly Scalar[] {
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
    writeAccounts(order.accounts),
    toMs(order.paidAt),
    order.failReason,
    order.receiptUrl,
    order.paid?.minor ?? null,
  ]
}
