import type { World } from '../context.ts'
import { decideEscrow, type EscrowStatus, type EscrowStep } from '../domain/escrow.ts'
import type { Payment } from '../domain/payment/payment.ts'
import { announce } from './deliver.ts'

/** Tells the shop how its escrow stands, where the PG is the one that does. */
export function announceEscrow(
  world: World,
  payment: Payment,
  status: EscrowStatus,
  deniedReason: string | null,
): void {
  if (payment.channel.pg_provider !== 'html5_inicis') return
  announce(world, payment, {
    event: 'Inicis.Escrow.Changed',
    imp_uid: payment.impUid,
    merchant_uid: payment.merchantUid,
    status: 'paid',
    extra: {
      escrow_status: status,
      changed_at: world.clock.seconds(),
      ...(deniedReason === null ? {} : { denied_reason: deniedReason }),
    },
  })
}

/** The buyer confirms or refuses an escrow purchase in the PG's own page. */
export function moveEscrow(
  world: World,
  payment: Payment,
  status: EscrowStatus,
  deniedReason: string | null,
): EscrowStep {
  const step = decideEscrow(world.ledger.escrows.get(payment.impUid), status)
  if (!step.ok) return step
  world.ledger.escrows.set(payment.impUid, step.escrow)
  announceEscrow(world, payment, status, deniedReason)
  return step
}
