import { openOrder, parseMerchantUid } from '@quayside/core'
import type { Dialect } from '../../packages/sql/src/dialect.ts'
import type { Row, Scalar, Statement } from '../../packages/sql/src/driver.ts'
import { createTransaction } from '../../packages/sql/src/store/orders/order-statements.ts'

/** A decoded JSON object. */
export type Fields = Readonly<Record<string, unknown>>

/** A payment that completes an order, and the order as it was read. Times are milliseconds since 1970. */
export interface Completion {
  readonly id: string
  readonly sequence: number
  readonly uid: string
  readonly amount: number
  readonly method: string
  readonly receipt: string
  readonly channel: string
  readonly paidAt: number
  readonly at: number
}

/** The completion of an order by a payment that the provider has shown. */
export function toCompletion(id: string, order: Row, payment: Fields): Completion {
  return {
    id,
    sequence: Number(order['sequence']),
    uid: String(payment['imp_uid']),
    amount: Number(payment['amount']),
    method: String(payment['pay_method']),
    receipt: String(payment['receipt_url']),
    channel: String(payment['pg_provider']),
    paidAt: Number(payment['paid_at']) * 1000,
    at: Date.now(),
  }
}

/** The statement with which the store creates an order. */
export function toInsert(
  dialect: Dialect,
  { id, amount, name, at }: { id: string; amount: number; name: string | null; at: number },
): Statement {
  const merchantUid = parseMerchantUid(id)
  if (!merchantUid.ok) throw new TypeError(`${id} is no order id`)
  const order = openOrder({
    merchantUid: merchantUid.value,
    amount: { minor: amount, currency: 'KRW' },
    allowances: [],
  })
  const shares = { taxFree: null, vat: null }
  return createTransaction(dialect, order, name, shares, null, new Date(at)).change
}

/** The statements that the store executes for a payment that nothing contests, with their texts. */
export function toTransaction(
  { guards, orders, outbox, attempts }: Dialect,
  { id, sequence, uid, amount, method, receipt, channel, paidAt, at }: Completion,
): readonly Statement[] {
  const locks: readonly Statement[] =
    guards.lockUnchanged === null ? [] : [{ text: guards.lockUnchanged, values: [id, sequence] }]
  const allowed: Statement | null =
    guards.record === null ? null : { text: guards.record, values: [id, uid, uid] }
  const account: readonly Scalar[] = [null, null, null, null, null, null]
  const written: readonly Scalar[] = [
    'paid',
    uid,
    method,
    0,
    ...account,
    paidAt,
    null,
    receipt,
    amount,
  ]
  const update: Statement = {
    text: orders.update,
    values: [id, sequence, ...written, at, uid],
    ...(allowed === null ? {} : { after: allowed }),
  }
  const payload = JSON.stringify({
    merchant_uid: id,
    imp_uid: uid,
    status: 'paid',
    amount,
    receipt,
  })
  const evidence: readonly Scalar[] = [uid, id, id, 'paid', amount, 'KRW', 0, method]
  return [
    ...locks,
    ...(allowed === null ? [] : [allowed]),
    update,
    {
      text: outbox.insert,
      values: [`${id}:1`, id, sequence + 1, 'paid', payload, at],
      after: update,
    },
    {
      text: attempts.insertAccepted,
      values: [...evidence, channel, 0, at],
      after: update,
    },
    { text: orders.select, values: [id] },
  ]
}
