import { links } from '@quayside/client'
import { fail, ok, type Result } from '@quayside/core'
import type { JobDeps } from '../deps.ts'
import type { LinkOutcome, PaymentLink } from '../domain/payment-link.ts'
import { findUnknownPayee, toDepsOf } from '../payees.ts'
import { toLinkFailure } from './create-link.ts'
import type { LinkFailure } from './failure.ts'

/** Closes a link at the merchant's request. One that is closed already is returned as it is. */
export async function closeLink(
  id: string,
  deps: JobDeps,
): Promise<Result<PaymentLink, LinkFailure>> {
  const found = await deps.store.paymentLinks.find(id)
  if (!found.ok) return found
  if (found.value === null) return fail({ reason: 'payment_link_unknown' })
  if (found.value.outcome !== null) return ok(found.value)
  const order = await deps.store.orders.find(found.value.merchantUid)
  if (!order.ok) return order
  const { payee } = order.value
  // Another account knows no such link: it would seem to be disabled.
  const unknown = findUnknownPayee(payee, deps)
  if (unknown !== null) return fail({ reason: unknown })
  const disabled = await disable(id, 'closed_by_merchant', toDepsOf(payee, deps))
  if (!disabled.ok) return disabled
  const closed = await deps.store.paymentLinks.find(id)
  if (!closed.ok) return closed
  return closed.value === null ? fail({ reason: 'payment_link_unknown' }) : ok(closed.value)
}

/** Disables a link at the provider, with the client of its order's payee, and records why. One that the provider does not know is disabled. */
export async function disable(
  id: string,
  outcome: LinkOutcome,
  { client, store }: JobDeps,
): Promise<Result<null, LinkFailure>> {
  const response = await client.call(links.disable, { id })
  if (!response.ok && response.failure.reason !== 'not_found') {
    return fail(toLinkFailure(response.failure))
  }
  return store.paymentLinks.settle(id, outcome)
}
