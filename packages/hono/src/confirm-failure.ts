import { type LookupNotice, ok, parsePayment, syncPayment } from '@quayside/core'
import type { CompletionDeps } from './deps.ts'
import type { OrderLookup } from './lookup/find-paid.ts'
import { type CompletionResult, toCompletionResult, toPlainResult } from './response.ts'

/**
 * Returns a failure of an order as it is, unless the order has money: a buyer who has paid must not pay again because
 * another attempt failed. The paid payment is recorded then, as if its message had arrived.
 */
export async function confirmFailure(
  failed: CompletionResult,
  lookup: OrderLookup,
  deps: CompletionDeps,
): Promise<CompletionResult> {
  const { route } = lookup
  const found = await deps.findPaid(lookup)
  if (!found.ok) {
    const notice = { ...toNotice(lookup), impUid: null }
    deps.report({ kind: 'not_synced', route, notice, failure: found.failure })
    return toPlainResult('pending')
  }
  if (found.value === null) return failed
  const payment = parsePayment(found.value)
  if (!payment.ok) return toPlainResult('pending')
  const notice: LookupNotice = { ...toNotice(lookup), impUid: payment.value.impUid }
  const synced = await syncPayment(notice, { ...deps, fetchPayment: async () => ok(found.value) })
  deps.report(
    synced.ok
      ? { kind: 'synced', route, notice, synced: synced.value }
      : { kind: 'not_synced', route, notice, failure: synced.failure },
  )
  return toCompletionResult({ synced, payment: payment.value }, notice, false)
}

function toNotice({ merchantUid }: OrderLookup) {
  return {
    kind: 'payment',
    channel: 'callback',
    merchantUid,
    claim: 'unknown',
    claimedStatus: null,
    claimedAmount: null,
    errorCode: null,
    errorMessage: null,
  } as const
}
