import type { Payment } from '@quayside/core'
import * as v from 'valibot'
import { impUidGrammar, merchantUidGrammar } from './grammars.ts'
import { toPayment } from './to-payment.ts'
import { toShape, unreadMembers } from './unread-members.ts'

const text = v.fallback(v.nullish(v.string()), null)
const number = v.fallback(v.nullish(v.number()), null)
const flag = v.fallback(v.nullish(v.boolean()), null)
const list = v.fallback(v.nullish(v.array(v.unknown())), null)
const amount = v.pipe(v.number(), v.minValue(0))

const schema = v.object({
  imp_uid: v.pipe(v.string(), v.regex(impUidGrammar)),
  merchant_uid: v.pipe(v.string(), v.regex(merchantUidGrammar)),
  amount,
  cancel_amount: amount,
  currency: v.string(),
  status: v.string(),
  sandbox: flag,
  pay_method: text,
  pg_provider: text,
  customer_uid_usage: text,
  promotion: v.fallback(v.nullish(v.object({ discount: v.number() })), null),
  receipt_url: text,
  deposit_history: list,
  started_at: number,
  paid_at: number,
  cancelled_at: number,
  fail_reason: text,
  vbank_num: text,
  vbank_name: text,
  vbank_holder: text,
  vbank_date: number,
  vbank_issued_at: number,
})

const wholeSchema = v.object({
  ...schema.entries,
  ...toShape(unreadMembers.text, text),
  ...toShape(unreadMembers.number, number),
  ...toShape(unreadMembers.flag, flag),
  ...toShape(unreadMembers.list, list),
})

/** Parses the members of a record that core reads; null when it is malformed. */
export function parseByValibot(value: unknown): Payment | null {
  const record = v.safeParse(schema, value)
  return record.success ? toPayment(record.output) : null
}

/** Parses every documented member; null when the record is malformed. */
export function parseWholeByValibot(value: unknown): Payment | null {
  const record = v.safeParse(wholeSchema, value)
  return record.success ? toPayment(record.output) : null
}
