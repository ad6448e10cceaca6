import type { SimulatorContext } from '../../context.ts'
import { couriers } from '../../domain/channel/couriers.ts'
import { isSupported } from '../../domain/channel/pg-providers.ts'
import { type Escrow, escrowStatuses } from '../../domain/escrow.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import type { Params } from '../../runtime/params.ts'
import { createFieldReader, type ReadResult, resultOf } from '../field-reader.ts'

/** Stores the delivery of an escrow payment, with any status. */
export function seedEscrow(
  { state, clock }: SimulatorContext,
  payment: Payment,
  params: Params,
): ReadResult<Escrow> {
  const fields = createFieldReader(params)
  fields.allowOnly(['company', 'invoice', 'sent_at', 'applied_at', 'escrow_status'])
  const isEscrow = payment.escrow && payment.paidAt !== null
  if (!isEscrow || !isSupported(payment.channel.pg_provider, 'escrow register')) {
    fields.fail('imp_uid', 'an escrow payment, paid at a PG that registers deliveries')
  }
  const appliedAt = fields.seconds('applied_at', clock.seconds())
  const escrow: Escrow = {
    parcel: {
      company: fields.oneOf('company', couriers, 'CJGLS'),
      invoice: fields.text('invoice', { max: 40 }),
      sentAt: fields.seconds('sent_at', appliedAt),
      appliedAt,
    },
    status: fields.oneOf('escrow_status', escrowStatuses, '2'),
  }
  const result = resultOf(fields, escrow)
  if (result.ok) state.escrows.set(payment.impUid, escrow)
  return result
}
