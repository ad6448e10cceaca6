import { ok, type Result } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { BillingKey, BillingKeyFailure } from '../domain/billing-key.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { markDeleting, removeKey } from './delete-key.ts'

/**
 * Puts a registered key into the place of the key that it replaces, and deletes that key. Each step may be repeated: the new
 * key stays due until all of them are done.
 */
export async function replaceKey(
  key: BillingKey,
  deps: JobDeps,
): Promise<Result<null, BillingKeyFailure | OrderFailure>> {
  const { billingKeys } = deps.store
  if (key.replaces !== null) {
    const found = await billingKeys.findByKey(key.replaces)
    if (!found.ok) return found
    const old = found.value
    const isOfSameOwner = old?.customerId === key.customerId && old.payee === key.payee
    if (old?.state === 'registered' && isOfSameOwner) {
      const taken = await billingKeys.takePreference(key, old)
      if (!taken.ok) return taken
      const deletion = { reason: null, requester: 'customer', replacedBy: key.customerUid } as const
      const marked = await markDeleting(old, deletion, deps)
      if (!marked.ok) return marked
      // If this fails, the old key stays due, and a job tries it again.
      await removeKey(marked.value, deps)
    }
  }
  const planned = await billingKeys.plan(key, null)
  return planned.ok ? ok(null) : planned
}
