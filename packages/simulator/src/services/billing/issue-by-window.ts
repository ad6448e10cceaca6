import type { SimulatorContext } from '../../context.ts'
import type { BillingKey, IssuedKey } from '../../domain/billing/billing-key.ts'
import { toApprovable } from '../../domain/billing/issue-window.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { saveBillingKey } from './issue-billing-key.ts'

/** The payment that the PG approves when a window's buyer confirms. */
export function approvable({ billing, contracts }: SimulatorContext, payment: Payment): Payment {
  const { keyAmounts } = billing
  return toApprovable(payment, { keyAmounts, hasMobiliansKeys: contracts.mobilians_keys })
}

/** Issues the key a buyer registered in a window; it replaces an older one. */
export function issueByWindow(
  context: SimulatorContext,
  payment: Payment,
  customerUid: string,
): BillingKey {
  const { channel, payMethod, card, buyer, customerId } = payment
  const issued: IssuedKey = { channel, payMethod, card, behaviour: 'normal', validUntil: null }
  return saveBillingKey(context, {
    customerUid,
    customerId,
    holder: buyer,
    issued: [issued],
    group: null,
  })
}
