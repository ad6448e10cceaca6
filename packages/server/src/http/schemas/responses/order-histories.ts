import * as z from 'zod/mini'
import { reconciliationIssueResponse } from '../../../events/schemas.ts'
import { eventResponse } from './events.ts'
import { cancelResponse, revocationResponse } from './orders.ts'

/** A payment that was offered for the order and looked up, as its record was then. */
const attemptResponse = z.strictObject({
  imp_uid: z.string(),
  verdict: z.enum(['accepted', 'refused', 'duplicate_paid', 'late_paid', 'refunded']),
  /** Why it was refused; null for other verdicts. */
  reason: z.nullable(z.string()),
  /** The order that the payment itself names. */
  payment_merchant_uid: z.string(),
  payment_status: z.string(),
  amount: z.number(),
  currency: z.string(),
  cancelled_amount: z.number(),
  pay_method: z.nullable(z.string()),
  pg_provider: z.nullable(z.string()),
  sandbox: z.nullable(z.boolean()),
})

export type AttemptResponse = z.infer<typeof attemptResponse>

const at = z.iso.datetime()

export const historyEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('attempt'), at, attempt: attemptResponse }),
  z.strictObject({
    kind: z.literal('reconciliation_issue'),
    at,
    reconciliation_issue: reconciliationIssueResponse,
  }),
  z.strictObject({ kind: z.literal('event'), at, event: eventResponse }),
  z.strictObject({ kind: z.literal('cancel'), at, cancel: cancelResponse }),
  z.strictObject({ kind: z.literal('revocation'), at, revocation: revocationResponse }),
])

export type HistoryEntryResponse = z.infer<typeof historyEntry>

export const historyPage = z.strictObject({
  entries: z.array(historyEntry),
  /** The `after` of the next page; null on the last one. */
  next: z.nullable(z.string()),
})
