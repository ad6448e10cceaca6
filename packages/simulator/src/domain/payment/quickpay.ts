import type { Channel } from '../channel/channel.ts'
import type { Payment } from './payment.ts'

/** A KCP QuickPay member; times are UNIX seconds. */
export interface QuickMember {
  readonly memberId: string
  readonly channel: Channel
  readonly hasFido: boolean
  readonly insertedAt: number
  readonly updatedAt: number
}

/** A prepaid-money transaction registered with KCP. */
export interface QuickPrepared {
  readonly merchantUid: string
  /** Null when no prepaid money is used. */
  readonly prepaidAmount: number | null
}

/** The member and action of a QuickPay window. */
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

/** Whether a window takes money; every other action only changes the member's data at KCP. */
export function isQuickPayment({ action }: QuickRequest): boolean {
  return action === 'Pay'
}

/** Whether a window opens only after POST /kcpquick/prepare/{merchant_uid}. */
export function requiresPrepare({ action }: QuickRequest): boolean {
  return prepaidActions.includes(action)
}
