import type { SimulatorContext } from '../context.ts'
import { decideEscrow, type EscrowStatus, type EscrowTransition } from '../domain/escrow.ts'
import type { Payment } from '../domain/payment/payment.ts'
import { scheduleWebhook } from './deliver.ts'

/** Sends the escrow webhook, at the only PG that has one. */
export function scheduleEscrowWebhook(
  context: SimulatorContext,
  payment: Payment,
  status: EscrowStatus,
  deniedReason: string | null,
): void {
  if (payment.channel.pg_provider !== 'html5_inicis') return
  scheduleWebhook(context, payment, {
    event: 'Inicis.Escrow.Changed',
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    status: 'paid',
    extra: {
      escrow_status: status,
      changed_at: context.clock.seconds(),
      ...(deniedReason === null ? {} : { denied_reason: deniedReason }),
    },
  })
}

/** Applies the buyer's decision about an escrow purchase, made in the PG's own page. */
export function applyEscrowDecision(
  context: SimulatorContext,
  payment: Payment,
  status: EscrowStatus,
  deniedReason: string | null,
): EscrowTransition {
  const transition = decideEscrow(context.state.escrows.get(payment.impUid), status)
  if (!transition.ok) return transition
  context.state.escrows.set(payment.impUid, transition.escrow)
  scheduleEscrowWebhook(context, payment, status, deniedReason)
  return transition
}
