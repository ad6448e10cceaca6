// KCP QuickPay: members who pay with a PIN, prepaid money registered in advance, auto-pay keys.
import type { SimulatorContext } from '../../context.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { isQuickPayment, type QuickMember } from '../../domain/payment/quickpay.ts'
import { issueByWindow } from '../billing/issue-by-window.ts'

/** Runs the action of a QuickPay window; true when it is not a payment. */
export function runQuickAction(context: SimulatorContext, payment: Payment): boolean {
  const { channel, quick, customerUid } = payment
  if (channel.pg_provider !== 'kcp_quick' || quick === null) return false
  const { state } = context
  const isLeaving = ['Terminate', 'Leave'].includes(quick.action)
  if (isLeaving) state.quickMembers.delete(quick.memberId)
  else saveMember(context, channel, quick.memberId)
  if (customerUid !== null && ['Register', 'RegisterAutoPay'].includes(quick.action)) {
    issueByWindow(context, payment, customerUid)
  }
  if (quick.action === 'Deregister') state.billingKeys.delete(customerUid ?? '')
  return !isQuickPayment(quick)
}

/** Stores a member, new or existing. */
export function saveMember(
  { state, clock }: SimulatorContext,
  channel: Channel,
  memberId: string,
): QuickMember {
  const at = clock.seconds()
  const existing = state.quickMembers.get(memberId)
  const member = {
    memberId,
    channel,
    hasFido: true,
    insertedAt: existing?.insertedAt ?? at,
    updatedAt: at,
  }
  state.quickMembers.set(memberId, member)
  return member
}
