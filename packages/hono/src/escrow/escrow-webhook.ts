import {
  classify,
  type EscrowChange,
  type Fields,
  type LookupNotice,
  parseEscrowChange,
  toPaymentOf,
} from '@quayside/core'
import type { CompletionDeps } from '../deps.ts'
import type { LookupGuard } from '../lookup/lookup-guard.ts'
import type { RequestFailure } from '../response.ts'
import { syncNotice } from '../sync-notice.ts'
import type { EscrowRefusal, RecordEscrowChange } from './record-escrow-change.ts'

/** What a webhook about escrow came to. `retry`: it is to be sent again. */
export type EscrowOutcome =
  | { readonly status: 'received' }
  | { readonly status: 'retry' }
  | { readonly status: 'invalid'; readonly failure: RequestFailure }

const received = { status: 'received' } as const
const retry = { status: 'retry' } as const

/**
 * Completes a webhook about a payment in escrow. The record says whether there is such a payment and what of it was refunded,
 * which is recorded as by any webhook; whether the buyer confirmed or refused it does not say. So that part is taken from
 * the provider's addresses only.
 */
export async function completeEscrow(
  fields: Fields,
  request: Request,
  deps: CompletionDeps,
  recordEscrowChange: RecordEscrowChange,
): Promise<EscrowOutcome> {
  const parsed = parseEscrowChange(fields)
  if (!parsed.ok) return { status: 'invalid', failure: parsed.failure }
  const change = parsed.value
  const refuse = (reason: EscrowRefusal): EscrowOutcome => {
    deps.report({ kind: 'escrow', route: 'webhook', change, outcome: 'refused', reason })
    return received
  }
  if (!deps.isProvider(request)) return refuse('sender_unknown')

  let record: unknown = null
  const lookupGuard: LookupGuard = async (lookup, fetch) => {
    const found = await deps.lookupGuard(lookup, fetch)
    record = found.ok ? found.value : null
    return found
  }
  const lookup = { notice: toNotice(change), route: 'webhook', request } as const
  const synced = await syncNotice(lookup, { ...deps, lookupGuard })
  if (!synced.ok) {
    const { failure } = synced
    if (failure.reason === 'order_unknown') return refuse('order_unknown')
    return classify(failure).retryable ? retry : refuse('order_mismatch')
  }
  const { order } = synced.value
  const impUid = toPaymentOf(change.impUid, order.payee)
  if (order.impUid !== impUid) return refuse('order_mismatch')
  // Nothing was looked up for an order that was refunded in full.
  const named = { ...lookup, notice: { ...lookup.notice, impUid } }
  if (record === null) await lookupGuard(named, deps.fetchPayment)
  if (record === null) return retry
  if (!isInEscrow(record)) return refuse('not_in_escrow')
  const recorded = await recordEscrowChange(order, change)
  if (!recorded.ok) {
    deps.report({ kind: 'order_not_read', route: 'webhook', failure: recorded.failure })
    return retry
  }
  const outcome = recorded.value.isNew ? 'recorded' : 'known'
  deps.report({ kind: 'escrow', route: 'webhook', change, outcome })
  return received
}

/** Claims nothing about the payment, so that its record is used even when the order seems up to date. */
function toNotice({ impUid, merchantUid }: EscrowChange): LookupNotice {
  return {
    kind: 'payment',
    channel: 'webhook',
    impUid,
    merchantUid,
    claim: 'unknown',
    claimedStatus: 'cancelled',
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  }
}

function isInEscrow(record: unknown): boolean {
  return typeof record === 'object' && record !== null && Reflect.get(record, 'escrow') === true
}
