import type { SimulatorContext } from '../../context.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { type RefundRequest, type RefundResult, refund } from '../../domain/payment/refund.ts'
import { savePayment } from '../../state.ts'
import { newPgTid } from './approval.ts'

/** Cancels now and stores the payment; sends no webhook. */
export function refundPayment(
  { clock, ids, state, partialStatus, promotions }: SimulatorContext,
  payment: Payment,
  request: Pick<RefundRequest, 'amountMinor' | 'checksumMinor' | 'reason'> & { retain?: boolean },
): RefundResult {
  const done = refund(payment, {
    ...request,
    at: clock.seconds(),
    cancellationId: `cancellation-${ids.digits(12)}`,
    pgTid: newPgTid(ids.digits, payment),
    partialStatus,
    promotions,
    retain: request.retain ?? null,
  })
  if (done.ok) savePayment(state, done.payment)
  return done
}
