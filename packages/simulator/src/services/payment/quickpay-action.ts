// KCP QuickPay: members who pay with a PIN, prepaid money registered beforehand, auto-pay keys.

import type { World } from '../../context.ts'
import type { Channel } from '../../domain/channel/channel.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { isQuickPayment, type QuickMember } from '../../domain/payment/quickpay.ts'
import { issueByWindow } from '../billing/issue-billing-key.ts'

/** Does at KCP what a QuickPay window was opened for; true when it was no payment. */
export function didQuickDeed(world: World, payment: Payment): boolean {
  const { channel, quick, customerUid } = payment
  if (channel.pg_provider !== 'kcp_quick' || quick === null) return false
  const { ledger } = world
  const isLeaving = ['Terminate', 'Leave'].includes(quick.action)
  if (isLeaving) ledger.quickMembers.delete(quick.memberId)
  else keepMember(world, channel, quick.memberId)
  if (customerUid !== null && ['Register', 'RegisterAutoPay'].includes(quick.action)) {
    issueByWindow(world, payment, customerUid)
  }
  if (quick.action === 'Deregister') ledger.billingKeys.delete(customerUid ?? '')
  return !isQuickPayment(quick)
}

/** Writes a member down, new or known. */
export function keepMember(
  { ledger, clock }: World,
  channel: Channel,
  memberId: string,
): QuickMember {
  const at = clock.seconds()
  const held = ledger.quickMembers.get(memberId)
  const member = {
    memberId,
    channel,
    hasFido: true,
    insertedAt: held?.insertedAt ?? at,
    updatedAt: at,
  }
  ledger.quickMembers.set(memberId, member)
  return member
}
