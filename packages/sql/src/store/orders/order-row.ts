import type {
  Allowance,
  Currency,
  ExpectedChannel,
  ImpUid,
  MerchantUid,
  Money,
  Order,
  OrderAccount,
  OrderStatus,
  Payee,
  Policy,
  VirtualAccount,
} from '@quayside/core'
import { isPaid, type NaverProducts, type StoredOrder, type TaxShares } from '@quayside/server'
import type { Scalar } from '../../driver.ts'
import { toDate, toMs } from '../instants.ts'

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
  readonly tax_free: number | null
  readonly vat_amount: number | null
  readonly expected_channel: string | null
  readonly payee: Payee | null
  readonly naver_products: string | null
}

export function toOrder(row: OrderRow): Order {
  const allowances: readonly Allowance[] = JSON.parse(row.allowances)
  const virtualAccount = toVirtualAccount(row)
  return {
    merchantUid: row.merchant_uid,
    amount: { minor: row.amount, currency: row.currency },
    allowances,
    policy: { late: row.policy_late, unmatched: row.policy_unmatched },
    createdAt: toDate(row.created_at),
    ...toChannel(row),
    ...(row.payee === null ? {} : { payee: row.payee }),
    status: row.status,
    impUid: row.imp_uid,
    paid: toPaid(row),
    cancelled: { minor: row.cancelled, currency: row.currency },
    virtualAccount,
    accounts: toAccounts(row, virtualAccount),
    paidAt: toDate(row.paid_at),
    failReason: row.fail_reason,
    receiptUrl: row.receipt_url,
    sequence: row.sequence,
  }
}

/** Left out without an expected channel, as in an order that is opened without one. */
function toChannel({ expected_channel: json }: OrderRow): Pick<Order, 'channel'> {
  if (json === null) return {}
  const channel: ExpectedChannel = JSON.parse(json)
  return { channel }
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

/** A row in a D1 database that is older than the column has the account of its payment in the other columns only. */
function toAccounts(
  { accounts, imp_uid, status }: OrderRow,
  shown: VirtualAccount | null,
): readonly OrderAccount[] {
  const stored = accounts === null ? [] : readAccounts(accounts)
  const isStored = stored.some(({ impUid }) => impUid === imp_uid)
  if (isStored || shown === null || imp_uid === null) return stored
  const isClosed = status === 'failed' || status === 'cancelled'
  return [...stored, { ...shown, impUid: imp_uid, isClosed }]
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

/** Rows from before the column have none: without an allowance the payment had exactly the order's amount. */
function toPaid(row: OrderRow): Money | null {
  const { paid_amount, amount, currency, allowances, status, cancelled } = row
  if (paid_amount !== null) return { minor: paid_amount, currency }
  const isExact = allowances === '[]' && (isPaid(status) || cancelled > 0)
  return isExact ? { minor: amount, currency } : null
}

export function toStoredOrder(row: OrderRow): StoredOrder {
  return {
    order: toOrder(row),
    name: row.name,
    payMethod: row.pay_method,
    preparedAt: toDate(row.prepared_at),
    createdAt: toDate(row.created_at),
    updatedAt: toDate(row.updated_at),
    shares: toShares(row),
    naverProducts: toProducts(row),
  }
}

function toProducts({ naver_products: json }: OrderRow): NaverProducts | null {
  return json === null ? null : JSON.parse(json)
}

export function toShares({
  tax_free,
  vat_amount,
  currency,
}: Pick<OrderRow, 'tax_free' | 'vat_amount' | 'currency'>): TaxShares {
  const toMoney = (minor: number | null) => (minor === null ? null : { minor, currency })
  return { taxFree: toMoney(tax_free), vat: toMoney(vat_amount) }
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
