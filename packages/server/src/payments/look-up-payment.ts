import {
  fail,
  type ImpUid,
  type Money,
  ok,
  type Payment,
  parsePayment,
  type Result,
  type SyncFailure,
} from '@quayside/core'
import { createLookup } from '@quayside/hono'
import type { JobDeps } from '../deps.ts'
import type { ParsedRecord } from './payment-record.ts'

/** Looks a payment up. Fails as a lookup does, with `payment_malformed`, or with `record_mismatch` for another payment. */
export async function lookUpPayment(
  impUid: ImpUid,
  { client, config }: JobDeps,
): Promise<Result<ParsedRecord, SyncFailure>> {
  const found = await createLookup(client, config.mode)(impUid)
  if (!found.ok) return found
  const payment = parsePayment(found.value)
  if (!payment.ok) return payment
  if (payment.value.impUid !== impUid) {
    return fail({ reason: 'record_mismatch', expected: impUid, actual: payment.value.impUid })
  }
  return ok({ payment: payment.value, record: found.value })
}

/** What remains of a payment, in the money of its own record: an allowance lets it differ from the order's amount. */
export function toRemaining({ amount, cancelled }: Payment): Money {
  return { minor: amount.minor - cancelled.minor, currency: amount.currency }
}
