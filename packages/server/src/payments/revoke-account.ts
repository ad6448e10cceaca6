import { type CallResult, vbanks } from '@quayside/client'
import { type ImpUid, parsePayment } from '@quayside/core'
import { createLookup } from '@quayside/hono'
import type { JobDeps } from '../deps.ts'
import type { CancelState } from '../domain/cancel.ts'
import { toProviderReply } from './cancel-outcome.ts'

/** The state of an account: open for a deposit, closed, paid into, or not shown by its record. */
type AccountStatus = 'open' | 'closed' | 'paid' | 'unreadable'

interface RevocationOutcome {
  readonly state: CancelState
  readonly detail: string | null
}

/**
 * Revokes one account. Only the record confirms it, and the provider is asked only while the record shows an open
 * account: whatever the result of an earlier try, asking again moves no money.
 */
export async function revoke(impUid: ImpUid, deps: JobDeps): Promise<CancelState> {
  const before = await readAccountStatus(impUid, deps)
  const outcome = toOutcome(before) ?? (await requestRevocation(impUid, deps))
  const recorded = await deps.store.revocations.settle(impUid, outcome.state, outcome.detail)
  // If it was not saved, it is due again when its lease ends.
  deps.log('account_revoked', { impUid, ...outcome, saved: recorded.ok })
  return outcome.state
}

async function requestRevocation(impUid: ImpUid, deps: JobDeps): Promise<RevocationOutcome> {
  const response = await deps.client.call(vbanks.remove, { imp_uid: impUid })
  return toOutcome(await readAccountStatus(impUid, deps)) ?? toReplyOutcome(response)
}

/** What the record proves; null while a deposit may still arrive. */
function toOutcome(status: AccountStatus): RevocationOutcome | null {
  switch (status) {
    case 'open':
      return null
    case 'closed':
      return { state: 'confirmed', detail: null }
    case 'paid':
      return { state: 'refused', detail: 'it was paid into' }
    case 'unreadable':
      return { state: 'unknown', detail: null }
  }
}

/** Only a refusal by the provider itself is final: anything else may be a fault of the network. */
function toReplyOutcome(response: CallResult<unknown>): RevocationOutcome {
  const reply = toProviderReply(response)
  switch (reply.kind) {
    case 'accepted':
      return { state: 'requested', detail: 'accepted' }
    case 'refused':
      return !response.ok && response.failure.reason === 'refused'
        ? { state: 'refused', detail: reply.detail }
        : { state: 'unknown', detail: null }
    case 'inconclusive':
      return { state: 'unknown', detail: null }
  }
}

async function readAccountStatus(impUid: ImpUid, deps: JobDeps): Promise<AccountStatus> {
  const found = await createLookup(deps.client, deps.config.mode)(impUid)
  const payment = found.ok ? parsePayment(found.value) : found
  if (!payment.ok || payment.value.impUid !== impUid) return 'unreadable'
  switch (payment.value.status) {
    case 'vbank_issued':
      return 'open'
    case 'paid':
    case 'partially_cancelled':
      return 'paid'
    case 'failed':
    case 'cancelled':
      return 'closed'
    case 'pending':
      return 'unreadable'
  }
}
