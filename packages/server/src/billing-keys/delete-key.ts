import { customers } from '@quayside/client'
import { fail, ok, type Result } from '@quayside/core'
import type { Deps, JobDeps } from '../deps.ts'
import type { BillingKey, BillingKeyFailure, KeyDeletion } from '../domain/billing-key.ts'
import type { OrderFailure } from '../domain/failure.ts'
import { findUnknownPayee } from '../payees.ts'
import { fromClientFailure } from '../payments/order-failure.ts'
import { readProviderKey } from './read-provider-key.ts'

type DeleteResult = Result<BillingKey, BillingKeyFailure | OrderFailure>

/**
 * Deletes a key: from now on it is not charged, and the provider is asked to delete it. Repeated, it asks again until the
 * provider's record is gone; a job does so as well.
 */
export async function deleteKey(
  key: BillingKey,
  deletion: Omit<KeyDeletion, 'replacedBy'>,
  deps: Deps,
): Promise<DeleteResult> {
  switch (key.state) {
    case 'deleted':
      return ok(key)
    case 'deleting':
      return removeKey(key, deps)
    case 'pending':
    case 'failed':
      return fail({ reason: 'billing_key_not_registered' })
    case 'registered': {
      const marked = await markDeleting(key, { ...deletion, replacedBy: null }, deps)
      return marked.ok ? removeKey(marked.value, deps) : marked
    }
  }
}

/** Marks a key, so that it is charged no more, whatever becomes of the call to the provider. */
export async function markDeleting(
  key: BillingKey,
  deletion: KeyDeletion,
  { store, now }: JobDeps,
): Promise<DeleteResult> {
  const event = deletion.replacedBy === null ? null : 'billing_key.replaced'
  const change = {
    state: 'deleting',
    deletion,
    dueAt: new Date(now().getTime() + retryMs),
  } as const
  const changed = await store.billingKeys.change(key, change, event)
  if (!changed.ok) return changed
  return changed.value.isWritten || changed.value.key.state === 'deleting'
    ? ok(changed.value.key)
    : fail({ reason: 'billing_key_contended' })
}

const retryMs = 60_000

/**
 * Asks the provider to delete a key that is marked, and reads its record when the answer does not say that it is gone. Without
 * its payee in the settings there is nothing to ask with: the key stays marked until they name it again.
 */
export async function removeKey(key: BillingKey, deps: JobDeps): Promise<DeleteResult> {
  const unknown = findUnknownPayee(key.payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const { reason, requester } = key.deletion ?? { reason: null, requester: 'admin' }
  const removed = await deps.client.call(customers.remove, {
    customer_uid: key.customerUid,
    ...(reason === null ? {} : { reason }),
    extra: { requester },
  })
  if (removed.ok || removed.failure.reason === 'not_found') return markDeleted(key, deps)
  const read = await readProviderKey(key.customerUid, deps.client)
  if (read.ok && read.value === null) return markDeleted(key, deps)
  const { failure } = removed
  if (failure.reason !== 'refused') return fail(fromClientFailure(failure))
  // The key still exists. It stays marked: nobody may charge what its owner has given up.
  return fail({ reason: 'deletion_refused', detail: failure.message })
}

async function markDeleted(key: BillingKey, { store, now }: JobDeps): Promise<DeleteResult> {
  const change = { state: 'deleted', deletedAt: now(), dueAt: null } as const
  const changed = await store.billingKeys.change(key, change, 'billing_key.deleted')
  if (!changed.ok) return changed
  return changed.value.key.state === 'deleted'
    ? ok(changed.value.key)
    : fail({ reason: 'billing_key_contended' })
}
