import type { World } from '../../context.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { type Refunded, type RefundRequest, refund } from '../../domain/payment/refund.ts'
import { keep } from '../../state.ts'
import { newPgTid } from './approval.ts'

/** Cancels at this moment and writes it down; nothing is announced. */
export function refundNow(
  { clock, ids, ledger, partialStatus, promotions }: World,
  payment: Payment,
  asked: Pick<RefundRequest, 'amountMinor' | 'checksumMinor' | 'reason'> & { retain?: boolean },
): Refunded {
  const done = refund(payment, {
    ...asked,
    at: clock.seconds(),
    cancellationId: `cancellation-${ids.digits(12)}`,
    pgTid: newPgTid(ids.digits, payment),
    partialStatus,
    promotions,
    retain: asked.retain ?? null,
  })
  if (done.ok) keep(ledger, done.payment)
  return done
}
