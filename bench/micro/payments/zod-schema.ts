import type { Payment } from '@quayside/core'
import { z } from 'zod'
import { impUidGrammar, merchantUidGrammar } from './grammars.ts'
import { toPayment } from './to-payment.ts'
import { toShape, unreadMembers } from './unread-members.ts'

// `catch` after `nullish`: a member that is absent, as most of them may be, is no error to recover from.
const text = z.string().nullish().catch(null)
const number = z.number().nullish().catch(null)
const flag = z.boolean().nullish().catch(null)
const list = z.array(z.unknown()).nullish().catch(null)

const schema = z.object({
  imp_uid: z.string().regex(impUidGrammar),
  merchant_uid: z.string().regex(merchantUidGrammar),
  amount: z.number().nonnegative(),
  cancel_amount: z.number().nonnegative(),
  currency: z.string(),
  status: z.string(),
  sandbox: flag,
  pay_method: text,
  pg_provider: text,
  customer_uid_usage: text,
  promotion: z.object({ discount: z.number() }).nullish().catch(null),
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

const wholeSchema = schema
  .extend(toShape(unreadMembers.text, text))
  .extend(toShape(unreadMembers.number, number))
  .extend(toShape(unreadMembers.flag, flag))
  .extend(toShape(unreadMembers.list, list))

/** Parses the members of a record that core reads; null when it is malformed. */
export function parseByZod(value: unknown): Payment | null {
  const record = schema.safeParse(value)
  return record.success ? toPayment(record.data) : null
}

/** Parses every documented member; null when the record is malformed. */
export function parseWholeByZod(value: unknown): Payment | null {
  const record = wholeSchema.safeParse(value)
  return record.success ? toPayment(record.data) : null
}
