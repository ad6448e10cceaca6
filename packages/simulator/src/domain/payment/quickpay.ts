import type { Channel } from '../channel/channel.ts'
import type { Payment } from './payment.ts'

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
export type QuickRequest = NonNullable<Payment['quick']>

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
export function isQuickPayment({ action }: QuickRequest): boolean {
  return action === 'Pay'
}

/** Whether KCP wants to know of a window by POST /kcpquick/prepare/{merchant_uid} before it opens. */
export function requiresPrepare({ action }: QuickRequest): boolean {
  return prepaidActions.includes(action)
}
