import { removeKey } from '../../billing-keys/delete-key.ts'
import { planKey } from '../../billing-keys/plan-key.ts'
import { toSettleDeps } from '../../billing-keys/register-card.ts'
import { replaceKey } from '../../billing-keys/replace-key.ts'
import {
  type SettledKey,
  settleFailed,
  settleIssue,
  settleKey,
} from '../../billing-keys/settle-key.ts'
import type { JobDeps } from '../../deps.ts'
import type { BillingKey } from '../../domain/billing-key.ts'
import { isPaid } from '../../domain/status.ts'
import type { LogFields } from '../../log.ts'
import { toDepsOf } from '../../payees.ts'
import { createOrderPayments } from '../../payments/order-payments.ts'
import { isPaidRecord, parseRecords } from '../../payments/payment-record.ts'
import { type Budget, unlimitedBudget } from '../../run-budget.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'

const batchSize = 20
/** What is read of one registration and written about it, or the deletion of the key that it replaces. */
const costOfEach = { storeCalls: 10, requests: 2 }
const costOfClaim = { storeCalls: 1 }
const costOfDeletion = { storeCalls: 1 }
const maxDeleted = 100
const retryMs = 10 * 60_000
const dayMs = 24 * 60 * 60_000

/**
 * Looks at registrations that nobody told about, deletes keys whose deletion was not confirmed, and finishes
 * replacements. A registration of which nothing is heard for a day has failed.
 */
export async function pollBillingKeys(
  deps: JobDeps,
  budget: Budget = unlimitedBudget,
): Promise<LogFields> {
  const size = Math.max(1, budget.countFitting(costOfEach, batchSize))
  if (!budget.take(costOfClaim)) return { failure: 'budget_spent' }
  const claimed = await deps.store.billingKeys.claim(size)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let polled = 0
  for (const key of claimed.value) {
    // Due again when its lease ends.
    if (!budget.take(costOfEach)) break
    await isolateErrors(key.customerUid, deps.log, () => pollKey(key, deps))
    polled += 1
  }
  const deleted = claimed.value.length === 0 ? await deleteFailed(deps, budget) : 0
  return { claimed: claimed.value.length, polled, deleted }
}

async function deleteFailed({ store, config, now }: JobDeps, budget: Budget): Promise<number> {
  if (!budget.take(costOfDeletion)) return 0
  const before = new Date(now().getTime() - config.retentionDays * dayMs)
  const deleted = await store.billingKeys.deleteFailed(before, maxDeleted)
  return deleted.ok ? deleted.value : 0
}

async function pollKey(key: BillingKey, deps: JobDeps): Promise<void> {
  const { billingKeys } = deps.store
  switch (key.state) {
    case 'pending':
    case 'failed': {
      const settled = await lookUp(key, deps)
      if (settled.kind !== 'registered') await planNext(settled, key, deps)
      else if (settled.key.replaces !== null) await replaceKey(settled.key, deps)
      return
    }
    case 'registered':
      await replaceKey(key, deps)
      return
    case 'deleting': {
      const removed = await removeKey(key, deps)
      if (removed.ok) return
      deps.log('billing_key_not_deleted', {
        customerUid: key.customerUid,
        reason: removed.failure.reason,
      })
      const waitMs = removed.failure.reason === 'deletion_refused' ? dayMs : retryMs
      await billingKeys.plan(key, new Date(deps.now().getTime() + waitMs))
      return
    }
    case 'deleted':
      await billingKeys.plan(key, null)
  }
}

/** Finds out what became of a registration of which no message arrived. */
async function lookUp(key: BillingKey, deps: JobDeps): Promise<SettledKey> {
  const settleDeps = toSettleDeps(key, deps)
  if (key.orderUid !== null) {
    const order = await deps.store.orders.find(key.orderUid)
    if (!order.ok) return { kind: 'unavailable', reason: order.failure.reason }
    const { status, impUid } = order.value
    // An order that was closed without a payment can be paid no more: no window of it will issue the key.
    if (status === 'cancelled' && impUid === null) {
      return settleFailed(key, { failure: 'not_completed', failReason: null }, settleDeps)
    }
    return isPaid(status) || status === 'cancelled'
      ? settleKey(key, { impUid }, settleDeps)
      : { kind: 'pending', key }
  }
  if (key.requested.method !== 'window') return settleKey(key, {}, settleDeps)
  const { client } = toDepsOf(key.payee, deps)
  const payments = await createOrderPayments(client)(key.registrationId)
  if (!payments.ok) return { kind: 'unavailable', reason: payments.failure.reason }
  const records = parseRecords(payments.value, deps.log)
  const [latest] = [...records.filter(isPaidRecord), ...records]
  return latest === undefined
    ? { kind: 'pending', key }
    : settleIssue(key, latest.payment.impUid, latest.record, settleDeps)
}

async function planNext(settled: SettledKey, key: BillingKey, deps: JobDeps): Promise<void> {
  const stored = 'key' in settled ? settled.key : key
  const dueAt = planKey(stored, deps.now())
  // What the provider did not answer is asked again, however old it is.
  const isUnanswered = settled.kind === 'unavailable' && settled.reason !== 'key_missing'
  if (dueAt !== null || isUnanswered) {
    const retryAt = dueAt ?? new Date(deps.now().getTime() + retryMs)
    await deps.store.billingKeys.plan(stored, retryAt)
    return
  }
  if (stored.state === 'pending') {
    const isIssued = settled.kind === 'unavailable' && stored.requested.method === 'window'
    const failure = isIssued ? 'key_missing' : 'not_completed'
    await settleFailed(
      stored,
      { failure, failReason: null },
      {
        billingKeys: deps.store.billingKeys,
        now: deps.now,
      },
    )
    return
  }
  await deps.store.billingKeys.plan(stored, null)
}
