import {
  type LookupNotice,
  type Mode,
  type Order,
  ok,
  type Payment,
  parsePayment,
  verifyPayment,
} from '@quayside/core'
import type { CompletionDeps } from './deps.ts'
import type { OrderLookup } from './lookup/find-paid.ts'
import { type CompletionResult, toCompletionResult, toPlainResult } from './response.ts'
import { syncNotice } from './sync-notice.ts'

/**
 * Returns a failure of an order as it is, unless the order has money: a buyer who has paid must not pay again because
 * another attempt failed. The paid payment is recorded then, as if its message had arrived.
 */
export async function confirmFailure(
  failed: CompletionResult,
  lookup: OrderLookup,
  deps: CompletionDeps,
): Promise<CompletionResult> {
  const { route, merchantUid } = lookup
  const found = await deps.findPaid(lookup)
  if (!found.ok) {
    const notice = { ...toNotice(lookup), impUid: null }
    deps.report({ kind: 'not_synced', route, notice, failure: found.failure })
    return toPlainResult('pending')
  }
  if (found.value.length === 0) return failed
  const order = await deps.store.find(merchantUid)
  if (!order.ok) return toPlainResult('pending')
  const payments = found.value.map((record) => ({ record, parsed: parsePayment(record) }))
  const money = payments.flatMap(({ record, parsed }) => {
    const claim = parsed.ok ? toClaim(parsed.value, order.value, deps.mode) : 'none'
    return parsed.ok && claim !== 'none' ? [{ record, claim, payment: parsed.value }] : []
  })
  // Anybody can pay another amount under the id of the order: that must not hide the buyer's own payment.
  const paid = money.find(({ claim }) => claim === 'matching') ?? money[0]
  if (paid !== undefined) return recordPaid(paid, lookup, deps)
  return payments.every(({ parsed }) => parsed.ok) ? failed : toPlainResult('pending')
}

async function recordPaid(
  { record, payment }: { readonly record: unknown; readonly payment: Payment },
  lookup: OrderLookup,
  deps: CompletionDeps,
): Promise<CompletionResult> {
  const { route, request } = lookup
  const notice: LookupNotice = { ...toNotice(lookup), impUid: payment.impUid }
  // Its record was just read.
  const lookupGuard = async () => ok(record)
  const synced = await syncNotice({ notice, route, request }, { ...deps, lookupGuard })
  // A refusal is about the payment that was found, and not about what the buyer reported.
  return synced.ok ? toCompletionResult(synced, notice, false) : toPlainResult('pending')
}

/** What a paid payment means to the buyer of its order: `other` money waits for the shop. */
function toClaim(payment: Payment, order: Order, mode: Mode): 'matching' | 'other' | 'none' {
  const verified = verifyPayment(payment, order, mode)
  if (verified.ok) return 'matching'
  switch (verified.failure.reason) {
    case 'currency_mismatch':
    case 'amount_mismatch':
    case 'channel_mismatch':
    case 'billing_key_issue':
      return payment.amount.minor > 0 ? 'other' : 'none'
    // A test moves no money, and an old payment was for an earlier order.
    case 'sandbox_payment':
    case 'payment_too_old':
    case 'order_mismatch':
      return 'none'
  }
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
