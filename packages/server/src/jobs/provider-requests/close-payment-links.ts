import type { JobDeps } from '../../deps.ts'
import type { PaymentLink } from '../../domain/payment-link.ts'
import { isOpen } from '../../domain/status.ts'
import type { LogFields } from '../../log.ts'
import { toDepsOf } from '../../payees.ts'
import { disable } from '../../payment-links/close-link.ts'
import type { Budget } from '../../run-budget.ts'
import { isolateErrors } from '../schedule/isolate-errors.ts'

const batchSize = 50
/** The order is read and the link written; the call may be repeated once. */
const costOfEach = { storeCalls: 2, requests: 2 }
const costOfClaim = { storeCalls: 1 }

/** Closes the links of orders that can be paid no more, and marks those that have expired. */
export async function closePaymentLinks(deps: JobDeps, budget: Budget): Promise<LogFields> {
  const size = Math.max(1, budget.countFitting(costOfEach, batchSize))
  if (!budget.take(costOfClaim)) return { failure: 'budget_spent' }
  const claimed = await deps.store.paymentLinks.claim(size)
  if (!claimed.ok) return { failure: claimed.failure.reason }
  let closed = 0
  for (const link of claimed.value) {
    // Due again when its lease ends.
    if (!budget.take(costOfEach)) break
    if (await isolateErrors(link.id, deps.log, () => closeIfOver(link, deps))) closed += 1
  }
  return { claimed: claimed.value.length, closed }
}

async function closeIfOver(link: PaymentLink, deps: JobDeps): Promise<boolean> {
  const { id, merchantUid, expiresAt } = link
  const { orders, paymentLinks } = deps.store
  if (expiresAt <= deps.now()) return (await paymentLinks.settle(id, 'expired')).ok
  const found = await orders.find(merchantUid)
  if (!found.ok) return false
  if (isOpen(found.value.status)) {
    await paymentLinks.settle(id, null)
    return false
  }
  const disabled = await disable(id, 'order_closed', toDepsOf(found.value.payee, deps))
  if (disabled.ok) return true
  const { reason } = disabled.failure
  deps.log('payment_link_not_closed', { merchantUid, linkId: id, reason })
  await paymentLinks.settle(id, null)
  return false
}
