// KCP QuickPay: members who pay with a PIN, prepaid money registered beforehand, auto-pay keys.
import type { Channel } from './desk.ts'
import { issueByWindow } from './issue.ts'
import type { Payment } from './ledger.ts'
import type { World } from './world.ts'

/** A member as the simulated world stores it; times are UNIX seconds. */
export interface QuickMember {
  readonly memberId: string
  readonly channel: Channel
  readonly hasFido: boolean
  readonly insertedAt: number
  readonly updatedAt: number
}

/** A prepaid-money transaction announced to KCP. */
export interface QuickPrepared {
  readonly merchantUid: string
  /** Null when no prepaid money is to be used. */
  readonly prepaidAmount: number | null
}

/** What a QuickPay window was opened for. */
export type QuickDeed = NonNullable<Payment['quick']>

const prepaidActions: readonly string[] = [
  'SignUp',
  'Leave',
  'PrepaidRefundAccount',
  'PrepaidRefund',
  'PrepaidLimitRaise',
  'PrepaidKYC',
  'PrepaidAuth',
]

/** Whether a window takes money; every action but one only changes what KCP knows of a member. */
export function isQuickPayment({ action }: QuickDeed): boolean {
  return action === 'Pay'
}

/** Whether KCP wants to know of a window by POST /kcpquick/prepare/{merchant_uid} before it opens. */
export function wantsPrepare({ action }: QuickDeed): boolean {
  return prepaidActions.includes(action)
}

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
