import { toAmount } from '@quayside/core'
import {
  type HistoryEntry,
  type HistoryPosition,
  historyKinds,
  type RecordedAttempt,
  toHistoryPosition,
} from '../domain/order-history.ts'
import { toProviderId } from '../domain/payee.ts'
import { presentReconciliationIssue } from '../events/payload.ts'
import { presentEvent } from './present-event.ts'
import type { AttemptResponse, HistoryEntryResponse } from './schemas/responses/order-histories.ts'
import { presentCancel, presentRevocation } from './serialize.ts'

/**
 * Presents an entry as the merchant API shows it.
 *
 * @param address The address of this server for the commands that are shown; empty when it is not known.
 */
export function presentHistoryEntry(entry: HistoryEntry, address: string): HistoryEntryResponse {
  const at = new Date(toHistoryPosition(entry).at).toISOString()
  switch (entry.kind) {
    case 'attempt':
      return { kind: 'attempt', at, attempt: presentAttempt(entry.attempt) }
    case 'reconciliation_issue': {
      const reconciliation_issue = presentReconciliationIssue(entry.issue)
      return { kind: 'reconciliation_issue', at, reconciliation_issue }
    }
    case 'event':
      return { kind: 'event', at, event: presentEvent(entry.event, address) }
    case 'cancel':
      return { kind: 'cancel', at, cancel: presentCancel(entry.cancel) }
    case 'revocation':
      return { kind: 'revocation', at, revocation: presentRevocation(entry.revocation) }
  }
}

/** Returns a place as the `next` of a page. */
export function writeHistoryPosition({ at, kind, id }: HistoryPosition): string {
  return `${at}:${kind}:${id}`
}

/** Reads the `next` of a page; null for any other text. */
export function readHistoryPosition(text: string): HistoryPosition | null {
  const [, at = '', name = '', id = ''] = /^(\d{1,15}):([a-z_]+):([\x21-\x7e]+)$/.exec(text) ?? []
  const kind = historyKinds.find((each) => each === name)
  return kind === undefined ? null : { at: Number(at), kind, id }
}

function presentAttempt(attempt: RecordedAttempt): AttemptResponse {
  return {
    imp_uid: toProviderId(attempt.impUid),
    verdict: attempt.verdict,
    reason: attempt.reason,
    payment_merchant_uid: attempt.paymentMerchantUid,
    payment_status: attempt.paymentStatus,
    amount: toAmount(attempt.amount),
    currency: attempt.amount.currency,
    cancelled_amount: toAmount(attempt.cancelled),
    pay_method: attempt.payMethod,
    pg_provider: attempt.pgProvider,
    sandbox: attempt.isSandbox,
  }
}
