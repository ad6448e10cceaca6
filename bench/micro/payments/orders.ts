import {
  type Order,
  type OrderStatus,
  openOrder,
  parseImpUid,
  parseMerchantUid,
  parseMoney,
  type Result,
} from '@quayside/core'
import { documentedRecord } from './record.ts'

const merchantUid = String(documentedRecord['merchant_uid'])
const ownImpUid = String(documentedRecord['imp_uid'])
const amount = Number(documentedRecord['amount'])

/** Creates an open order, with the changes of a case. */
export function createOrder(
  id: string,
  wireAmount: number,
  changes: Partial<Order> = {},
  currency = 'KRW',
): Order {
  const money = take(parseMoney(wireAmount, currency))
  const expected = { merchantUid: take(parseMerchantUid(id)), amount: money, allowances: [] }
  return { ...openOrder(expected), ...changes }
}

const account = {
  bank: null,
  number: '562-1059-18373',
  holder: null,
  dueAt: new Date('2024-03-13T15:00:00Z'),
  issuedAt: new Date('2024-03-06T15:00:00Z'),
}
const changedStatuses = [
  'vbank_issued',
  'paid',
  'partially_cancelled',
  'cancelled',
  'failed',
  'expired',
] as const

/** An order of each status, by the payment of the record and by another one, and orders that the record does not match. */
export const caseOrders: readonly Order[] = [
  createOrder(merchantUid, amount),
  createOrder(merchantUid, amount, {
    allowances: ['card_promotion', 'naverco_delivery_fee', 'billing_key_charge'],
  }),
  createOrder(merchantUid, amount, { createdAt: new Date('2024-01-31T00:00:00Z') }),
  createOrder(merchantUid, amount + 1),
  createOrder('ORD-2', amount),
  createOrder(merchantUid, 14.2, {}, 'USD'),
  ...changedStatuses.flatMap((status) => [
    createChangedOrder(status, ownImpUid),
    createChangedOrder(status, 'imp_999999999999'),
  ]),
]

/** An order that a payment has changed. */
function createChangedOrder(status: OrderStatus, payment: string): Order {
  const impUid = take(parseImpUid(payment))
  const refunded = status === 'cancelled' ? amount : status === 'partially_cancelled' ? 500 : 0
  const isIssued = status === 'vbank_issued'
  return createOrder(merchantUid, amount, {
    status,
    impUid,
    cancelled: take(parseMoney(refunded, 'KRW')),
    virtualAccount: isIssued ? account : null,
    accounts: isIssued ? [{ ...account, impUid, isClosed: false }] : [],
  })
}

function take<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value
  throw new TypeError(`Cannot create an order: ${JSON.stringify(result.failure)}`)
}
